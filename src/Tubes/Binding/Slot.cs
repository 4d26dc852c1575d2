namespace Sluice.Tubes.Binding;

/// <summary>An input of a node.</summary>
/// <param name="Name">As written in the code.</param>
/// <param name="Type">What the code takes; the element type for rests.</param>
/// <param name="Required">Whether the node waits for it, and does not run without it.</param>
/// <param name="Kind">How it takes values.</param>
public sealed record Slot(string Name, Type Type, bool Required, SlotKind Kind = SlotKind.Named);
