using Sluice.Actors.Tubes.Flow;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Runners.Lines;

namespace Sluice.Actors.Tubes.Fusion;

// The runner actor lends its course to a burst, which makes quick calls one after another without a hop, and gives it back.
//   _clock.Time          burst only: odd while it is in a node's code and touches nothing else
//   _clock.IsSuspected   runner, under _gate: it wants to know whether the burst is stuck in a call
//   _isLost              runner, under _gate: it has taken the course back from a burst that is
// So a call that blocks holds nobody up but itself, although it was believed to be quick.
// After a call the burst writes the time and then reads IsSuspected, without a fence, as that would cost as much as a call. The runner, which
// asks rarely, makes up for it: it writes IsSuspected, has all processors pass a barrier, and then reads the time. Either the burst's write came
// before the barrier, and the runner sees that the call is over; or its read comes after it, and the burst asks under _gate what was decided.

/// <summary>Makes quick calls in the runner's place, until there is none or the runner has other messages.</summary>
internal sealed class Burst(Course course, IActorRef runner) : IPassage, IThreadPoolWorkItem, IDeadLetterSuppression
{
    private const int TicksInARow = 2 * 65_536;

    private readonly Lock _gate = new();
    private readonly CallClock _clock = new();
    private bool _isLost;
    private long _timeSeen = -1;
    private long _lastTime;
    private volatile bool _isWanted;

    // Burst only, and not to be changed in a call: what it is in at which time.
    private NodeTask _task = null!;
    private NodeTask[]? _tasks;
    private int _firstPlace;
    private long _begun;

    public Course Course => course;

    /// <summary>The call that the burst was in when it was lost.</summary>
    public NodeTask Current { get; private set; } = null!;

    /// <summary>What went wrong with the course itself; null when nothing did.</summary>
    public Exception? Failure { get; private set; }

    /// <inheritdoc/>
    public bool IsWanted => _isWanted || _clock.Time >= _lastTime;

    /// <summary>Goes off. The course is the burst's until it tells the runner, or is lost.</summary>
    public void Go()
    {
        _isWanted = false;
        _timeSeen = -1;
        _lastTime = _clock.Time + TicksInARow;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    /// <summary>Asks for the course back, soon.</summary>
    public void Want() => _isWanted = true;

    /// <summary>Takes the course back from a burst that is in the same call as when asked last.</summary>
    public bool TryTakeBack()
    {
        var time = _clock.Time;
        if (time != _timeSeen)
        {
            _timeSeen = time;
            return false;
        }

        lock (_gate)
        {
            _clock.IsSuspected = true;
            Interlocked.MemoryBarrierProcessWide();
            _isLost = time % 2 == 1 && _clock.Time == time;
            _clock.IsSuspected = _isLost;
            if (_isLost)
            {
                Current = _tasks is { } tasks ? tasks[_firstPlace + (int)((time - _begun) / 2)] : _task;
            }

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
    public CallOutcome Call(NodeTask task, bool isMeasured)
    {
        (_task, _tasks) = (task, null);
        _clock.Time++;
        var isBack = task.TryCall(isMeasured);
        _clock.Time++;
        if (!_clock.IsSuspected || !IsLost())
        {
            return isBack ? OutcomeOf(task) : CallOutcome.Later;
        }

        if (isBack)
        {
            task.Answer();
        }

        return CallOutcome.Lost;
    }

    /// <inheritdoc/>
    public CallOutcome Call(StraightLine line, NodeTask[] tasks, ref int place)
    {
        (_tasks, _firstPlace, _begun) = (tasks, place, _clock.Time);
        var stop = line.Run(ref place, _clock, default, out var failure);
        return stop switch
        {
            LineStop.Done => CallOutcome.Done,
            LineStop.Failed => Failed(line, tasks[place], place, failure!),
            LineStop.Suspected => Suspected(line, tasks[place], ref place),
            _ => GoOn(ref place),
        };
    }

    private static CallOutcome GoOn(ref int place)
    {
        place++;
        return CallOutcome.Done;
    }

    private CallOutcome Failed(StraightLine line, NodeTask task, int place, Exception failure)
    {
        line.TellFailed(place, failure, task.Call.Call.CancellationToken);
        task.Fail(failure);
        if (!_clock.IsSuspected || !IsLost())
        {
            return OutcomeOf(task);
        }

        task.Answer();
        return CallOutcome.Lost;
    }

    private CallOutcome Suspected(StraightLine line, NodeTask task, ref int place)
    {
        var late = _clock.Late!;
        _clock.Late = null;
        if (IsLost())
        {
            task.Give(late);
            task.Answer();
            return CallOutcome.Lost;
        }

        line.Write(place, late);
        return GoOn(ref place);
    }

    private static CallOutcome OutcomeOf(NodeTask task) => task.IsFailure ? CallOutcome.Failed : CallOutcome.Done;

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
