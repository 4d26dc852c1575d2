using Sluice.Actors.Tubes.Flow;

namespace Sluice.Actors.Tubes.Fusion;

// The runner actor lends its course to a burst, which makes quick calls one after another without a hop, and gives it back.
//   state     Driving: the burst owns the course · Calling: it is in a node's code and touches nothing else · Lost: the runner took the course back
//   burst     Driving -> Calling before a call; Calling -> Driving after it, by compare-and-swap; when that fails, the call comes back as a message
//   runner    Calling -> Lost, by compare-and-swap, when the same call goes on for too long
// So a call that blocks holds nobody up but itself, although it was believed to be quick.

/// <summary>Makes quick calls in the runner's place, until there is none or the runner has other messages.</summary>
internal sealed class Burst(Course course, IActorRef runner) : IPassage, IThreadPoolWorkItem, IDeadLetterSuppression
{
    private const int Driving = 0;
    private const int Calling = 1;
    private const int Lost = 2;
    private const int CallsInARow = 65_536;

    private int _state;
    private long _calls;
    private long _callsSeen = -1;
    private long _lastCall;
    private volatile bool _isWanted;

    public Course Course => course;

    /// <summary>The call that the burst is in; to be asked only once it is lost.</summary>
    public NodeTask Current { get; private set; } = null!;

    /// <summary>What went wrong with the course itself; null when nothing did.</summary>
    public Exception? Failure { get; private set; }

    /// <inheritdoc/>
    public bool IsWanted => _isWanted || _calls >= _lastCall;

    /// <summary>Goes off. The course is the burst's until it tells the runner, or is lost.</summary>
    public void Go()
    {
        _isWanted = false;
        _callsSeen = -1;
        _lastCall = _calls + CallsInARow;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    /// <summary>Asks for the course back, soon.</summary>
    public void Want() => _isWanted = true;

    /// <summary>Takes the course back from a burst that is in the same call as when asked last.</summary>
    public bool TryTakeBack()
    {
        var calls = Volatile.Read(ref _calls);
        if (calls != _callsSeen)
        {
            _callsSeen = calls;
            return false;
        }

        return Interlocked.CompareExchange(ref _state, Lost, Calling) == Calling;
    }

    /// <inheritdoc/>
    public void Execute()
    {
        try
        {
            if (!course.TryDrive(this))
            {
                return;
            }
        }
        catch (Exception failure)
        {
            // Not a node's failure, those stay with their calls. The runner reports it and starts afresh.
            Failure = failure;
        }

        runner.Tell(this, runner);
    }

    /// <inheritdoc/>
    public CallOutcome Call(NodeTask task)
    {
        Current = task;
        Volatile.Write(ref _calls, _calls + 1);
        Volatile.Write(ref _state, Calling);
        var isBack = task.TryCall(task.Lane.Pace.IsMeasureDue);
        if (Interlocked.CompareExchange(ref _state, Driving, Calling) == Calling)
        {
            return !isBack ? CallOutcome.Later : task.IsFailure ? CallOutcome.Failed : CallOutcome.Done;
        }

        if (isBack)
        {
            task.Answer();
        }

        return CallOutcome.Lost;
    }
}
