namespace Sluice.Tubes.Scheduling;

/// <summary>One entry of a node's <c>depends</c>, compiled.</summary>
/// <param name="Kind">Where the value comes from.</param>
/// <param name="Index">The number of the signal, input or asset; -1 for <see cref="SourceKind.Never"/>.</param>
/// <param name="Required">Whether the node cannot run without it.</param>
/// <param name="Name">The slot's name, or its position as text.</param>
public readonly record struct PlanInput(SourceKind Kind, int Index, bool Required, string Name);
