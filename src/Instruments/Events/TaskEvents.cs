namespace Sluice.Instruments.Events;

/// <summary>An actor is about to handle a message, or a task to be resumed.</summary>
/// <param name="Task">The actor or task.</param>
/// <param name="Message">The message; null for a task, which is resumed with nothing.</param>
public readonly record struct TaskTurn(IInstrumented Task, object? Message);

/// <summary>An actor has handled a message, or a task has yielded.</summary>
/// <param name="Task">The actor or task.</param>
/// <param name="Message">The message.</param>
/// <param name="Next">What it did next.</param>
/// <param name="Elapsed">How long the turn took (at the end of an actor's handler that awaited: all of it, waits included); zero unless an instrument needs timing.</param>
public readonly record struct TaskTurnEnded(IInstrumented Task, object? Message, TaskNext Next, TimeSpan Elapsed);

/// <summary>A fault is about to be, or has been, given to an actor or task: supervision.</summary>
/// <param name="Task">The actor or task that gets the fault.</param>
/// <param name="Fault">The fault.</param>
/// <param name="Message">The message whose handling failed, if any.</param>
/// <param name="Next">What became of the task: <see cref="TaskNext.Undecided"/> before.</param>
public readonly record struct TaskFault(IInstrumented Task, Exception Fault, object? Message, TaskNext Next);

/// <summary>An actor or task completed, failed or was cancelled: which, is said by the hook.</summary>
/// <param name="Task">The actor or task.</param>
/// <param name="Result">What it returned; null for an actor and for a task without a value.</param>
/// <param name="Fault">What it failed with; null if it completed.</param>
public readonly record struct TaskEnded(IInstrumented Task, object? Result, Exception? Fault);
