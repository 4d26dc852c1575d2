using Sluice.Actors.Tubes.Runs;
using Sluice.Tubes.Events;
using Sluice.Tubes.Scheduling;

namespace Sluice.Actors.Tubes.Flow;

/// <summary>A root epoch from its begin until its result is delivered. The course's owner only.</summary>
internal sealed class EpochInFlight(TubeRun run, EpochFrame root, object?[] assets, int sources)
{
    private List<TubeEvent>? _untold;
    private Dictionary<NodeLane, Queue<NodeTask>>? _inOrder;

    public TubeRun Run { get; } = run;

    public EpochFrame Root { get; } = root;

    /// <summary>The process-scoped assets; none once they were given away to be released.</summary>
    public object?[] Assets { get; set; } = assets;

    /// <summary>Sources that have not been called in it; the next epoch begins when there are none.</summary>
    public int SourcesLeft { get; set; } = sources;

    /// <summary>Calls that were handed out and have not come back.</summary>
    public int CallsOut { get; set; }

    /// <summary>All its nodes have run or are known not to.</summary>
    public bool IsEnded { get; set; }

    /// <summary>Its assets are released as well, so that its result can be delivered.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Given up: an epoch failed, this one or an earlier.</summary>
    public bool IsAbandoned { get; set; }

    public object? Result { get; set; }

    /// <summary>What is to be told once all earlier epochs have ended: nobody shall hear of an epoch that an earlier one's failure undoes.</summary>
    public List<TubeEvent> Untold => _untold ??= [];

    public bool HasUntold => _untold is { Count: > 0 };

    /// <summary>Calls that have come back and wait for those before them.</summary>
    public IEnumerable<NodeTask> HeldBack => _inOrder is null ? [] : _inOrder.Values.SelectMany(tasks => tasks).Where(task => task.IsBack);

    /// <summary>The calls of a node below a map, in the order in which they were handed out, where they must be booked in that order.</summary>
    public Queue<NodeTask> InOrder(NodeLane lane)
    {
        _inOrder ??= [];
        if (!_inOrder.TryGetValue(lane, out var tasks))
        {
            _inOrder[lane] = tasks = [];
        }

        return tasks;
    }
}
