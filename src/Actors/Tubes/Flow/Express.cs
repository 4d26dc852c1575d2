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

    private readonly CallBook _book;
    private readonly NodeLane[] _lanes;
    private StraightLine? _line;
    private NodeTask[] _tasks = [];
    private NodeLane[] _stops = [];
    private int[] _places = [];
    private int _place;
    private long _began;
    private long _rest;

    public Express(CallBook book, NodeLane[] lanes)
    {
        (_book, _lanes) = (book, lanes);
        Renew();
    }

    /// <summary>Whether an epoch is on its way here.</summary>
    public bool IsOn { get; private set; }

    public TubeRun Run { get; private set; } = null!;

    /// <summary>Whether the next epoch can go here: every call can be made at once, and the last hand-over is some time ago.</summary>
    public bool IsFree => _line is not null && !_book.IsReadinessWatched && _book.Scheduler.NextEpoch >= _began && IsQuick(_stops);

    public void Begin(TubeRun run)
    {
        Run = run;
        IsOn = true;
        _place = 0;
        _line!.Begin(run.Inputs);
    }

    /// <summary>Makes the calls of the epoch. Gives null when it is over and delivered; else the call that it stands at, and how that call stands.</summary>
    public NodeTask? Drive(IPassage passage, out CallOutcome outcome)
    {
        var line = _line!;
        var token = Run.NodeToken;
        for (; _place < _tasks.Length; _place++)
        {
            var task = _tasks[_place];
            if (!line.TryPrepare(task.Call, token))
            {
                continue;
            }

            outcome = passage.Call(task);
            if (outcome != CallOutcome.Done || task.Error is not null)
            {
                return task;
            }

            line.Complete(task.Call);
        }

        IsOn = false;
        Run.Deliver(line.Epoch, line.TakeResult());
        outcome = CallOutcome.Done;
        return null;
    }

    /// <summary>
    /// Begins the epoch on the scheduler and tells it what has been called; the call in hand is one that was handed out. Gives what else is
    /// ready in the epoch.
    /// </summary>
    public List<ReadyNode> HandOver(EpochQueue epochs, NodeTask current, int sources)
    {
        IsOn = false;
        var root = _line!.HandOver();
        var epoch = epochs.Add(Run, root, [], sources);
        var (batch, others) = (new List<ReadyNode>(), new List<ReadyNode>());
        for (_book.Scheduler.TakeReady(batch); batch.Count > 0; _book.Scheduler.TakeReady(batch))
        {
            foreach (var ready in batch)
            {
                if (Called(ready) is not { } task)
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
    private NodeTask? Called(ReadyNode ready) => _places[ready.Node.Index] <= _place ? _tasks[_places[ready.Node.Index]] : null;

    private static bool IsQuick(NodeLane[] stops)
    {
        foreach (var lane in stops)
        {
            if (!lane.Pace.IsQuick || lane.CallsOut > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Calls of the epoch that was handed over may still look at its line, so another one is needed.</summary>
    private void Renew()
    {
        _line = StraightLine.Of(_book);
        _stops = _line is null ? [] : [.. _line.Order.Select(node => _lanes[node.Index])];
        _tasks = [.. _stops.Select(lane => new NodeTask(lane, _book))];
        _places = new int[_lanes.Length];
        Array.Fill(_places, int.MaxValue);
        for (var place = 0; place < _tasks.Length; place++)
        {
            _places[_line!.Order[place].Index] = place;
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
