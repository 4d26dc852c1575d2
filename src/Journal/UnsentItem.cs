namespace Sluice.Journal;

/// <summary>A stored item with everyone it is still owed to.</summary>
/// <param name="Item">The item.</param>
/// <param name="Sinks">The names of the sinks that miss it, never empty.</param>
public sealed record UnsentItem(OwedItem Item, IReadOnlyList<string> Sinks);
