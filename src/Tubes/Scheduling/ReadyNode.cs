namespace Sluice.Tubes.Scheduling;

/// <summary>A node that can be called in an epoch.</summary>
/// <param name="Frame">The epoch's state.</param>
/// <param name="Node">The node.</param>
public readonly record struct ReadyNode(EpochFrame Frame, PlanNode Node);
