using Sluice.Tubes.Epochs;
using Sluice.Tubes.Events;

namespace Sluice.Tubes.Scheduling;

/// <summary>
/// The state of one epoch: where each node stands and what each signal gave. Pooled by the scheduler; only its owner may touch it,
/// and nobody after <see cref="Scheduler.Release"/>.
/// </summary>
public sealed class EpochFrame
{
    internal EpochFrame(TubePlan plan, PlanLevel level)
    {
        Plan = plan;
        Level = level;
        Marks = new NodeMark[plan.NodeArray.Length];
        Cells = new SignalCell[plan.SignalArray.Length];
        Root = this;
    }

    /// <summary>The epoch.</summary>
    public Epoch Epoch { get; private set; }

    /// <summary>The state of the root epoch that this one belongs to.</summary>
    public EpochFrame Root { get; private set; }

    /// <summary>Whether every node has run or is known not to.</summary>
    public bool IsEnded { get; internal set; }

    /// <summary>Whether it was given up; what still completes in it is ignored.</summary>
    public bool IsAbandoned { get; internal set; }

    /// <summary>The plan that it follows.</summary>
    public TubePlan Plan { get; }

    /// <summary>What a runner keeps with a root epoch; nobody else looks at it. Stays until the runner changes it.</summary>
    public object? Attached { get; set; }

    internal PlanLevel Level { get; }

    internal EpochFrame? Parent { get; private set; }

    /// <summary>The element's number among its siblings.</summary>
    internal int Index { get; private set; }

    internal NodeMark[] Marks { get; }

    internal SignalCell[] Cells { get; }

    /// <summary>Nodes of this epoch that are not settled.</summary>
    internal int Open { get; set; }

    /// <summary>Element epochs that have not ended.</summary>
    internal int LiveChildren { get; set; }

    /// <summary>The element epochs of each map that ran here, by the map's number.</summary>
    internal List<(int Map, List<EpochFrame> Elements)> Children { get; } = [];

    /// <summary>The earlier and later root epochs that are active at the same time.</summary>
    internal EpochFrame? Earlier { get; set; }

    internal EpochFrame? Later { get; set; }

    /// <summary>The inputs of the process call, by number. Root only.</summary>
    internal object?[] Inputs { get; set; } = [];

    /// <summary>The process-scoped assets, by number. Root only.</summary>
    internal object?[] ProcessAssets { get; set; } = [];

    /// <summary>What the return node has collected. Root only.</summary>
    internal ReturnCollector? Return { get; set; }

    /// <summary>When it began, by the clock's ticks; 0 while nobody watches.</summary>
    internal long StartedAt { get; set; }

    /// <summary>Nodes taken and not completed. Root only.</summary>
    internal int OutCount { get; set; }

    /// <summary>The event of the latest value of a signal in this epoch.</summary>
    internal TubeEvent Event(int signal)
    {
        ref var cell = ref Cells[signal];
        var source = Plan.SignalArray[signal];
        return cell.Event ??= new TubeEvent(cell.Id, cell.UtcTicks, Plan.NodeArray[source.Node].Id, source.Name, Epoch, cell.Value);
    }

    internal void Begin(Epoch epoch, EpochFrame? parent, int index)
    {
        Epoch = epoch;
        Parent = parent;
        Root = parent is null ? this : parent.Root;
        Index = index;
        IsEnded = false;
        IsAbandoned = false;
        Open = Level.Own.Length;
        LiveChildren = 0;
        OutCount = 0;
        StartedAt = 0;
        Level.Marks.AsSpan().CopyTo(Marks);
        Children.Clear();
    }

    /// <summary>Becomes the state of another epoch of which every signal will be written before it is read.</summary>
    internal void Renew(Epoch epoch)
    {
        Epoch = epoch;
        Return?.Clear();
    }

    /// <summary>The state in which a signal of this level or of one above has its value.</summary>
    internal EpochFrame HomeOf(PlanLevel home)
    {
        var frame = this;
        while (frame.Level.Depth > home.Depth && frame.Parent is { } parent)
        {
            frame = parent;
        }

        return frame;
    }

    /// <summary>The element epochs in which a node of a deeper level runs.</summary>
    internal List<EpochFrame>? ElementsFor(PlanLevel deeper)
    {
        for (var level = deeper; level.Parent is not null; level = level.Parent)
        {
            foreach (var (map, elements) in Children)
            {
                if (map == level.Map)
                {
                    return elements;
                }
            }
        }

        return null;
    }
}
