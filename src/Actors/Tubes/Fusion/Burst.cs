using Sluice.Actors.Tubes.Flow;

namespace Sluice.Actors.Tubes.Fusion;

// The runner actor lends its course to a burst, which makes quick calls one after another without a hop, and gives it back.
//   _isCalling    burst only: it is in a node's code and touches nothing else
//   _isSuspected  runner, under _gate: it wants to know whether the burst is stuck in a call
//   _isLost       runner, under _gate: it has taken the course back from a burst that is
// So a call that blocks holds nobody up but itself, although it was believed to be quick.
// After a call the burst writes _isCalling and then reads _isSuspected, without a fence, as that would cost as much as a call. The runner, which
// asks rarely, makes up for it: it writes _isSuspected, has all processors pass a barrier, and then reads _isCalling. Either the burst's write came
// before the barrier, and the runner sees that the call is over; or its read comes after it, and the burst asks under _gate what was decided.

/// <summary>Makes quick calls in the runner's place, until there is none or the runner has other messages.</summary>
internal sealed class Burst(Course course, IActorRef runner) : IPassage, IThreadPoolWorkItem, IDeadLetterSuppression
{
    private const int CallsInARow = 65_536;

    private readonly Lock _gate = new();
    private bool _isCalling;
    private bool _isSuspected;
    private bool _isLost;
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

        lock (_gate)
        {
            Volatile.Write(ref _isSuspected, true);
            Interlocked.MemoryBarrierProcessWide();
            _isLost = Volatile.Read(ref _isCalling) && Volatile.Read(ref _calls) == calls;
            Volatile.Write(ref _isSuspected, _isLost);
            return _isLost;
        }
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
        Volatile.Write(ref _isCalling, true);
        var isBack = task.TryCall(task.Lane.Pace.IsMeasureDue);
        Volatile.Write(ref _isCalling, false);
        if (!Volatile.Read(ref _isSuspected) || !IsLost())
        {
            return !isBack ? CallOutcome.Later : task.Error is null ? CallOutcome.Done : task.IsFailure ? CallOutcome.Failed : CallOutcome.Done;
        }

        if (isBack)
        {
            task.Answer();
        }

        return CallOutcome.Lost;
    }

    /// <inheritdoc/>
    public override string ToString() => "burst of quick calls";

    private bool IsLost()
    {
        lock (_gate)
        {
            return _isLost;
        }
    }
}
