using Sluice.Instruments;
using Sluice.Instruments.Events;
using Sluice.Kernel.Dispatch.SysMsg;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Actor.Cells;

/// <summary>
/// Keeps an asynchronous handler inside the actor's turns: while its task runs the mailbox gives out no user message, and each
/// continuation comes back as a system message. Given up by a restart or the end; what the task does after that runs outside.
/// </summary>
internal sealed class AsyncTurn(ActorCell cell) : SynchronizationContext
{
    private int _pending;

    // What instruments have seen begin and not end.
    private (object Message, long StartedAt)? _watched;

    public bool IsPending => _pending > 0;

    public bool IsAbandoned { get; private set; }

    public void Run<T>(Func<T, Task> action, T argument)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        Task task;
        try
        {
            task = cell.PartsIfAny?.Instruments is { } watchers ? InstrumentScope.Flowing(watchers, action, argument) : action(argument);
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
            return;
        }
        _pending++;
        cell.Suspend();
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => cell.PostSystem(new AsyncTurnEnded(this, task)));
    }

    /// <summary>Instruments hear of the end of the message in hand once its handler has ended.</summary>
    public void Watch(object message, long startedAt) => _watched = (message, startedAt);

    /// <summary>The task has ended; its fault is the actor's failure.</summary>
    public void End(Task task)
    {
        if (IsAbandoned)
        {
            AfterTheEnd(task);
            return;
        }
        _pending--;
        cell.Resume();
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (Exception failure)
        {
            Failures.Handle(cell, failure);
            TellEnd(Watched.NextOf(cell));
            return;
        }
        if (!IsPending)
        {
            TellEnd(Watched.NextOf(cell));
            cell.ForgetMessage();
        }
    }

    /// <summary>The instance that started the task is gone.</summary>
    public void Abandon()
    {
        IsAbandoned = true;
        TellEnd(cell.IsStopping ? TaskNext.Stopped : TaskNext.Restarted);
        for (; _pending > 0; _pending--)
        {
            cell.Resume();
        }
    }

    public void AfterTheEnd(Task task)
    {
        if (task.Exception is { } fault)
        {
            cell.System.Log.Warning(fault, "An asynchronous handler of {0} failed after its actor had been stopped or restarted", cell.Self);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsAbandoned)
        {
            RunOutside(d, state);
        }
        else
        {
            cell.PostSystem(new Continuation(this, d, state));
        }
    }

    public void RunInTurn(SendOrPostCallback d, object? state)
    {
        if (IsAbandoned)
        {
            RunOutside(d, state);
            return;
        }
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            d(state);
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    private void TellEnd(TaskNext next)
    {
        if (_watched is { } watched)
        {
            _watched = null;
            Watched.HasEnded(cell, watched.Message, watched.StartedAt, next);
        }
    }

    public static void RunOutside(SendOrPostCallback d, object? state) => ThreadPool.UnsafeQueueUserWorkItem(new WaitCallback(d), state);

    public override SynchronizationContext CreateCopy() => this;
}

/// <summary>Runs what follows an await in the actor's turn.</summary>
internal sealed class Continuation(AsyncTurn turn, SendOrPostCallback callback, object? state) : SystemMessage
{
    public void Run() => turn.RunInTurn(callback, state);

    public void RunOutside() => AsyncTurn.RunOutside(callback, state);
}

/// <summary>The task of an asynchronous handler has ended.</summary>
internal sealed class AsyncTurnEnded(AsyncTurn turn, Task task) : SystemMessage
{
    public void Run() => turn.End(task);

    public void AfterTheEnd() => turn.AfterTheEnd(task);
}
