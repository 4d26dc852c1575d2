using Sluice.Tubes.Binding;
using Sluice.Tubes.Specification;

namespace Sluice.Tubes.Scheduling;

/// <summary>A node of a tube, compiled to numbers.</summary>
public sealed class PlanNode
{
    /// <summary>Its number in the plan: its place in the tube.</summary>
    public required int Index { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What the scheduler does with its results.</summary>
    public required NodeKind Kind { get; init; }

    /// <summary>Its code.</summary>
    public required INodeCode Code { get; init; }

    /// <summary>What it depends on, in the order of <c>depends</c>.</summary>
    public required IReadOnlyList<PlanInput> Inputs { get; init; }

    /// <summary>The number of its first signal; the others follow.</summary>
    public required int FirstSignal { get; init; }

    /// <summary>How many signals it has.</summary>
    public required int SignalCount { get; init; }

    /// <summary>Whether its calls come in the order of epochs.</summary>
    public required bool IsStateful { get; init; }

    /// <summary>Whether it shares an object with other epochs, so that it waits until all earlier epochs have ended.</summary>
    public required bool WaitsForEarlierEpochs { get; init; }

    /// <summary>Whether it has no part in this plan: disabled, or waiting for a node that is.</summary>
    public required bool IsDead { get; init; }

    /// <summary>What its failure does.</summary>
    public required ErrorPolicy OnError { get; init; }

    /// <summary>The node-scoped assets that it depends on.</summary>
    public required IReadOnlyList<int> NodeAssets { get; init; }

    /// <summary>The runner- and process-scoped assets that it depends on: other calls are handed the same objects.</summary>
    internal IReadOnlyList<int> SharedAssets { get; init; } = [];

    /// <summary>How many maps deep it runs.</summary>
    public int Depth => Level?.Depth ?? 0;

    /// <summary>The gather below a map whose list a return node of the level around it returns; -1 when there is none.</summary>
    internal int Gather { get; init; } = -1;

    /// <summary>Whether one of its slots is optional: a no-event above it is then no reason for those below it to go without.</summary>
    internal bool HasOptionalInput { get; init; }

    internal PlanInput[] InputArray { get; init; } = [];

    internal PlanLevel? Level { get; set; }
}
