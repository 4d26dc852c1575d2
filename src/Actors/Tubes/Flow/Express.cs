using Sluice.Actors.Tubes.Runs;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Scheduling;

namespace Sluice.Actors.Tubes.Flow;

/// <summary>
/// One epoch after another without the scheduler, while all nodes are quick and nothing else is on its way. The first call that fails,
/// goes on or takes too long ends it: the epoch is handed over to the scheduler as it stands, and goes on from there.
/// </summary>
internal sealed class Express
{
    private const long LongestRest = 4096;
    private const int EpochsPerMeasure = 128;

    private readonly CallBook _book;
    private readonly NodeLane[] _lanes;
    private readonly int[] _places;
    private StraightLine? _line;
    private NodeTask[] _tasks = [];
    private TubeRun? _tokensOf;
    private int _epochs;
    private bool _isMeasured;
    private long _began;
    private long _rest;

    public Express(CallBook book, NodeLane[] lanes)
    {
        (_book, _lanes) = (book, lanes);
        _places = new int[lanes.Length];
        Renew();
    }

    /// <summary>Whether an epoch is on its way here.</summary>
    public bool IsOn { get; private set; }

    public TubeRun Run { get; private set; } = null!;

    /// <summary>Whether the next epoch can go here: every call can be made at once, and the last hand-over is some time ago.</summary>
    public bool IsFree => _line is not null && _book.Scheduler.NextEpoch >= _began && IsQuick(_tasks) && !_book.IsReadinessWatched;

    /// <summary>The same, for who has just taken an epoch along here and nowhere else.</summary>
    public bool IsStillFree => _isMeasured ? IsFree : !_book.IsReadinessWatched;

    public void Begin(TubeRun run)
    {
        if (_tokensOf != run)
        {
            ExpectTokenOf(run);
        }

        Run = run;
        IsOn = true;
        _isMeasured = ++_epochs % EpochsPerMeasure == 0 || (_isMeasured && IsSuspected());
        _line!.Begin(run.Inputs, mayCompile: !_isMeasured);
    }

    /// <summary>Makes the calls of the epoch. Gives null when it is over and delivered; else the call that it stands at, and how that call stands.</summary>
    public NodeTask? Drive(IPassage passage, out CallOutcome outcome)
    {
        var (line, tasks) = (_line!, _tasks);
        for (var place = 0; place < tasks.Length;)
        {
            if (!line.CanRun(place))
            {
                if (!TryCall(passage, tasks[place], out outcome))
                {
                    return tasks[place];
                }

                place++;
                continue;
            }

            outcome = passage.Call(line, tasks, ref place);
            if (outcome != CallOutcome.Done || (place < tasks.Length && tasks[place].Error is not null))
            {
                return tasks[place];
            }
        }

        IsOn = false;
        Run.Deliver(line.Epoch, line.TakeResult());
        outcome = CallOutcome.Done;
        return null;
    }

    private void ExpectTokenOf(TubeRun run)
    {
        _tokensOf = run;
        foreach (var task in _tasks)
        {
            task.Call.Expect(run.NodeToken);
        }
    }

    /// <summary>Makes one call and completes it, if it is to be made. False when the line cannot go on with that.</summary>
    private bool TryCall(IPassage passage, NodeTask task, out CallOutcome outcome)
    {
        outcome = CallOutcome.Done;
        if (!_line!.TryPrepare(task.Call, Run.NodeToken))
        {
            return true;
        }

        outcome = passage.Call(task, _isMeasured);
        if (outcome != CallOutcome.Done || task.Error is not null)
        {
            return false;
        }

        if (_isMeasured)
        {
            task.Lane.Pace.Measured(task.Taken);
        }

        _line.Complete(task.Call);
        return true;
    }

    /// <summary>
    /// Begins the epoch on the scheduler and tells it what has been called; the call in hand is one that was handed out. Gives what else is
    /// ready in the epoch.
    /// </summary>
    public List<ReadyNode> HandOver(EpochQueue epochs, NodeTask current, int sources)
    {
        IsOn = false;
        var place = _places[current.Lane.Node.Index];
        var root = _line!.HandOver(place, Run.NodeToken);
        var epoch = epochs.Add(Run, root, [], sources);
        var (batch, others) = (new List<ReadyNode>(), new List<ReadyNode>());
        for (_book.Scheduler.TakeReady(batch); batch.Count > 0; _book.Scheduler.TakeReady(batch))
        {
            foreach (var ready in batch)
            {
                if (Called(ready, place) is not { } task)
                {
                    others.Add(ready);
                    continue;
                }

                CallBook.Move(task.Call, ready);
                if (task == current)
                {
                    task.Epoch = epoch;
                    continue;
                }

                _book.Complete(task.Call, null);
                epoch.SourcesLeft -= task.Lane.IsSource ? 1 : 0;
            }

            batch.Clear();
        }

        _line.HandedOver();
        Rest();
        Renew();
        return others;
    }

    /// <summary>The call of a node, if it was made or is the one in hand.</summary>
    private NodeTask? Called(ReadyNode ready, int place) => _places[ready.Node.Index] <= place ? _tasks[_places[ready.Node.Index]] : null;

    private static bool IsQuick(NodeTask[] tasks)
    {
        foreach (var task in tasks)
        {
            if (!task.Lane.Pace.IsQuick || task.Lane.CallsOut > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether one of the calls took too long when it was measured last: then so is the next epoch.</summary>
    private bool IsSuspected() => Array.Exists(_tasks, task => task.Lane.Pace.IsSuspected);

    /// <summary>Calls of the epoch that was handed over may still look at its line and its tasks, so others are needed.</summary>
    private void Renew()
    {
        var tasks = new List<NodeTask>();
        _line = StraightLine.Of(_book, node =>
        {
            tasks.Add(new NodeTask(_lanes[node.Index], _book));
            return tasks[^1].Call;
        }, keepsTime: false);
        _tasks = [.. tasks];
        _tokensOf = null;
        Array.Fill(_places, int.MaxValue);
        for (var place = 0; place < _tasks.Length; place++)
        {
            _places[_tasks[place].Lane.Node.Index] = place;
        }
    }

    /// <summary>Handing over costs more than it saves when it happens again and again: the line rests longer each time, unless it was of use.</summary>
    private void Rest()
    {
        var now = _book.Scheduler.NextEpoch;
        _rest = now - _began > 2 * _rest ? 16 : Math.Min(LongestRest, 2 * _rest);
        _began = now + _rest;
    }
}
