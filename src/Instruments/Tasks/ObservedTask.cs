using System.Diagnostics;
using Sluice.Instruments.Events;

namespace Sluice.Instruments.Tasks;

/// <summary>A task that instruments see: each time it is resumed, each time it yields, and how it ended.</summary>
/// <remarks>
/// Turns are seen by a synchronization context, so the work's own awaits have to keep it (no <c>ConfigureAwait(false)</c>);
/// what it calls may do as it likes. Branches that the work runs at once have their turns at once, and a task that is woken
/// while it yields can be resumed on another thread before the end of its turn is told.
/// </remarks>
public sealed class ObservedTask : IInstrumented
{
    private static readonly AsyncLocal<ObservedTask?> Flow = new();

    private readonly CompositeInstrument _watchers;
    private readonly string _name;
    private readonly TaskCompletionSource _lastTurn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _work;
    private int _turns;

    private ObservedTask(CompositeInstrument watchers, string name)
    {
        _watchers = watchers;
        _name = name;
        Parent = Flow.Value;
    }

    /// <summary>The observed task that this code runs in, if any.</summary>
    public static ObservedTask? Current => Flow.Value;

    /// <inheritdoc/>
    public string Name => _name;

    /// <inheritdoc/>
    public string Kind => "task";

    /// <summary>The observed task that started this one.</summary>
    public IInstrumented? Parent { get; }

    /// <summary>Runs work on the thread pool, seen by the instruments active here; with none, as <c>Task.Run</c> does.</summary>
    /// <param name="name">What instruments call it.</param>
    /// <param name="work">The work; gets <paramref name="cancellationToken"/>.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static Task<T> Run<T>(string name, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return InstrumentScope.Active is { } watchers
            ? new ObservedTask(watchers, name).RunAsync(work, cancellationToken)
            : Task.Run(() => work(cancellationToken), cancellationToken);
    }

    /// <inheritdoc cref="Run{T}"/>
    public static Task Run(string name, Func<CancellationToken, Task> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Run<object?>(
            name,
            async token =>
            {
                // The turns of the work are seen through the context that it keeps.
                await work(token).ConfigureAwait(true);
                return null;
            },
            cancellationToken);
    }

    /// <summary>One turn: from being resumed until it yields.</summary>
    internal void Turn(SendOrPostCallback resume, object? state)
    {
        Interlocked.Increment(ref _turns);
        _watchers.OnTaskBeforeSend(new TaskTurn(this, null));
        var start = _watchers.NeedsTiming ? Stopwatch.GetTimestamp() : 0;
        resume(state);
        var elapsed = start == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(start);
        _watchers.OnTaskAfterSend(new TaskTurnEnded(this, null, Next(), elapsed));
        Interlocked.Decrement(ref _turns);
        if (_work is { IsCompleted: true })
        {
            _lastTurn.TrySetResult();
        }
    }

    private async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        new ObservedContext(this).PostWithFlow(_ => started.SetResult(Start(work, cancellationToken)));
        var running = await started.Task.ConfigureAwait(false);
        await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await EndOfLastTurn().ConfigureAwait(false);
        try
        {
            var result = await running.ConfigureAwait(false);
            _watchers.OnTaskCompleted(new TaskEnded(this, result, null));
            return result;
        }
        catch (OperationCanceledException cancelled) when (cancellationToken.IsCancellationRequested)
        {
            _watchers.OnTaskCancelled(new TaskEnded(this, null, cancelled));
            throw;
        }
        catch (Exception fault)
        {
            _watchers.OnTaskError(new TaskEnded(this, null, fault));
            throw;
        }
    }

    private Task<T> Start<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        Flow.Value = this;
        Task<T> running;
        try
        {
            running = cancellationToken.IsCancellationRequested ? Task.FromCanceled<T>(cancellationToken) : work(cancellationToken);
        }
        catch (Exception fault)
        {
            // Work that throws before its first await fails its task, as an async method would.
            running = Task.FromException<T>(fault);
        }

        _work = running;
        return running;
    }

    // The work completes inside its last turn, and whoever waits for it may run before that turn is over: its end is told first.
    // A last step outside our context (after ConfigureAwait(false)) is no turn, and there is nothing to wait for.
    private Task EndOfLastTurn() => Volatile.Read(ref _turns) == 0 ? Task.CompletedTask : _lastTurn.Task;

    private TaskNext Next() => _work switch
    {
        { IsCompletedSuccessfully: true } => TaskNext.Completed,
        { IsCompleted: true } => TaskNext.Failed,
        _ => TaskNext.Yields,
    };
}
