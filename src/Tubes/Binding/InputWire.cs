namespace Sluice.Tubes.Binding;

/// <summary>One entry of a node's <c>depends</c>: either a position or a slot name is set.</summary>
/// <param name="Position">The position among the positional entries, from 0.</param>
/// <param name="Slot">The slot's name as written in the tube.</param>
/// <param name="SourceType">What the source gives, where it is known.</param>
public readonly record struct InputWire(int? Position, string? Slot, Type? SourceType);
