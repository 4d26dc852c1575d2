namespace Sluice.Tubes.Scheduling;

/// <summary>A node that depends on a signal.</summary>
/// <param name="Node">The dependent's number.</param>
/// <param name="Required">Whether it cannot run without the signal.</param>
internal readonly record struct PlanEdge(int Node, bool Required);
