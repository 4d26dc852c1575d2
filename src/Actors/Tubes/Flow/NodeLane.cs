using Sluice.Actors.Tubes.Fusion;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Scheduling;

namespace Sluice.Actors.Tubes.Flow;

/// <summary>The calls of one node: those that go on, those that wait for one to come back. The course's owner only.</summary>
internal sealed class NodeLane(Course course, PlanNode node, CallBook book, int callsAtOnce)
{
    private readonly Stack<NodeTask> _spare = [];
    private readonly List<NodeTask> _waiting = [];

    public Course Course => course;

    public PlanNode Node { get; } = node;

    public bool IsSource { get; } = node is { Inputs.Count: 0, IsDead: false };

    /// <summary>How fast the node's calls are, and so where they are made.</summary>
    public Pace Pace { get; } = new();

    /// <summary>The node's actor, and the runner's, to which calls come back.</summary>
    public IActorRef Actor { get; private set; } = ActorRefs.Nobody;

    public IActorRef Runner { get; private set; } = ActorRefs.Nobody;

    public int CallsOut { get; set; }

    /// <summary>The call that was sent last; of a stateful node the only one that can be out.</summary>
    public NodeTask? Latest { get; set; }

    /// <summary>Whether it can have several calls out in one epoch.</summary>
    public bool IsManifold { get; } = node is { IsStateful: false, Depth: > 0 } or { Gather: >= 0 };

    public bool IsTube { get; } = book.Scheduler.Plan.Tube.Nodes[node.Index].Specification.Type == "tube";

    /// <summary>Whether one call more may be started now. A call of an abandoned epoch may still go on when the scheduler hands out the next.</summary>
    public bool IsOpen => CallsOut < callsAtOnce;

    public void Attach(IActorRef actor, IActorRef runner) => (Actor, Runner) = (actor, runner);

    public NodeTask Rent(EpochInFlight epoch, ReadyNode ready, CancellationToken cancellationToken)
    {
        var task = _spare.TryPop(out var spare) ? spare : new NodeTask(this, book);
        task.Epoch = epoch;
        book.Prepare(task.Call, ready, cancellationToken);
        return task;
    }

    public void Return(NodeTask task)
    {
        task.Forget();
        _spare.Push(task);
    }

    public void Wait(NodeTask task) => _waiting.Add(task);

    /// <summary>The next call that has waited, once there is room for it.</summary>
    public NodeTask? NextWaiting()
    {
        if (!IsOpen || _waiting.Count == 0)
        {
            return null;
        }

        var next = _waiting[0];
        _waiting.RemoveAt(0);
        return next;
    }

    /// <summary>Calls of abandoned epochs need not wait any longer.</summary>
    public List<NodeTask> DropAbandoned()
    {
        if (_waiting.Count == 0)
        {
            return [];
        }

        var dropped = _waiting.FindAll(task => task.Epoch.IsAbandoned);
        _waiting.RemoveAll(task => task.Epoch.IsAbandoned);
        return dropped;
    }
}
