namespace Sluice.Journal;

/// <summary>Where an item came from, kept with it to the dead letters; each part is null where it does not apply.</summary>
/// <param name="Tube">The tube that emitted the item.</param>
/// <param name="Node">The node of that tube.</param>
/// <param name="Epoch">The epoch's path, such as <c>0/b:2</c>.</param>
public sealed record ItemOrigin(string? Tube, string? Node, string? Epoch);
