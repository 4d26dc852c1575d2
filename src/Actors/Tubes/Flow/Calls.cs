using Sluice.Tubes.Runners;
using Sluice.Tubes.Scheduling;

namespace Sluice.Actors.Tubes.Flow;

/// <summary>
/// The calls of a course on their way, a lane for each node: slow ones are sent to the node's actor, quick ones wait here until somebody
/// makes them. The course's owner only.
/// </summary>
internal sealed class Calls
{
    private readonly ICourseHost _host;
    private readonly EpochQueue _epochs;
    private readonly string _tube;
    private readonly Queue<NodeTask> _quick = [];

    public Calls(Course course, ICourseHost host, CallBook book, EpochQueue epochs, int callsPerNode)
    {
        (_host, _epochs, _tube) = (host, epochs, book.Scheduler.Plan.Tube.Id);
        Lanes = [.. book.Scheduler.Plan.Nodes.Select(node => new NodeLane(course, node, book, node.IsStateful ? 1 : callsPerNode))];
        Sources = Lanes.Count(lane => lane.IsSource);
    }

    /// <summary>By the nodes' numbers.</summary>
    public NodeLane[] Lanes { get; }

    /// <summary>How many sources there are.</summary>
    public int Sources { get; }

    public void Attach(Func<PlanNode, IActorRef> actorOf, IActorRef runner)
    {
        foreach (var lane in Lanes)
        {
            lane.Attach(actorOf(lane.Node), runner);
        }
    }

    /// <summary>Whether a quick call is to be made.</summary>
    public bool HasQuick()
    {
        while (_quick.TryPeek(out var task))
        {
            if (!task.Epoch.IsAbandoned)
            {
                return true;
            }

            Settle(_quick.Dequeue());
        }

        return false;
    }

    public bool TryTakeQuick(out NodeTask task) => _quick.TryDequeue(out task!);

    /// <summary>The scheduler has handed a call out.</summary>
    public void Take(ReadyNode ready, CancellationToken cancellationToken)
    {
        var lane = Lanes[ready.Node.Index];
        var task = lane.Rent((EpochInFlight)ready.Frame.Root.Attached!, ready, cancellationToken);
        _epochs.CallTaken(task.Epoch);
        if (lane.IsManifold && _host.WantsEvents)
        {
            task.IsInOrder = true;
            task.Epoch.InOrder(lane).Enqueue(task);
        }

        if (lane.IsOpen)
        {
            Start(task);
        }
        else
        {
            lane.Wait(task);
        }
    }

    /// <summary>A call that goes on already has been handed out.</summary>
    public void Adopt(NodeTask task)
    {
        task.Lane.CallsOut++;
        task.Lane.Latest = task;
        _epochs.CallTaken(task.Epoch);
    }

    /// <summary>Has a call made, once more or for the first time.</summary>
    public void Send(NodeTask task)
    {
        task.Lane.Latest = task;
        if (task.Lane.Pace.IsQuick && !(task.Lane.IsTube && _host.WantsEvents))
        {
            _quick.Enqueue(task);
        }
        else
        {
            task.Lane.Actor.Tell(task, task.Lane.Runner);
        }
    }

    /// <summary>A call has come back: gives what is to be booked first, if anything; the calls of a node are booked in the order in which they were handed out.</summary>
    public static bool TryTakeBack(NodeTask task, out NodeTask first)
    {
        task.IsBack = true;
        first = task;
        return !task.IsInOrder || TryTakeFirst(task.Epoch.InOrder(task.Lane), out first);
    }

    /// <summary>What is to be booked after a call that was.</summary>
    public static bool TryTakeNext(EpochInFlight epoch, NodeLane lane, bool isInOrder, out NodeTask next)
    {
        next = null!;
        return isInOrder && TryTakeFirst(epoch.InOrder(lane), out next);
    }

    /// <summary>A call is over, whatever came of it.</summary>
    public void Settle(NodeTask task)
    {
        var lane = task.Lane;
        lane.CallsOut--;
        _epochs.CallOver(task.Epoch);
        lane.Return(task);
        if (lane.NextWaiting() is { } next)
        {
            Start(next);
        }
    }

    /// <summary>Calls of abandoned epochs that wait, for their turn or to be booked, need not wait any longer.</summary>
    public void Drop(IReadOnlyList<EpochInFlight> abandoned)
    {
        foreach (var held in abandoned.SelectMany(epoch => epoch.HeldBack).ToList())
        {
            Settle(held);
        }

        foreach (var lane in Lanes)
        {
            foreach (var dropped in lane.DropAbandoned())
            {
                _epochs.CallOver(dropped.Epoch);
                lane.Return(dropped);
            }
        }
    }

    /// <summary>The epoch of the call that a stateful node is in; null when it is in none.</summary>
    public EpochInFlight? EpochOf(string node) => Array.Find(Lanes, lane => lane.Node.Id == node)?.Latest?.Epoch;

    /// <summary>Says whose calls are left behind, to whom it may concern and to the caller; null when nobody's are.</summary>
    public string? LeaveBehind()
    {
        var nodes = Lanes.Where(lane => lane.CallsOut > 0).Select(lane => lane.Node.Id).ToList();
        if (nodes.Count == 0)
        {
            return null;
        }

        var sentence = $"Left behind in a call that does not end: {string.Join(", ", nodes)}; let it watch its CancellationToken.";
        _host.Warn($"{_tube}: {sentence}");
        return sentence;
    }

    private static bool TryTakeFirst(Queue<NodeTask> inOrder, out NodeTask first) =>
        inOrder.TryPeek(out first!) && first.IsBack && inOrder.TryDequeue(out _);

    private void Start(NodeTask task)
    {
        task.Lane.CallsOut++;
        Send(task);
    }
}
