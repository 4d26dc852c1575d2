namespace Sluice.Journal;

/// <summary>Items of an append that were not stored, because the journal remembers the message that brought them: it came before.</summary>
/// <param name="Index">The first one's place among the items of the call.</param>
/// <param name="Count">How many items of the call came by it, side by side.</param>
/// <param name="FirstSequence">The number that the message's first item got then; the others follow it unless the caller gave numbers.</param>
public readonly record struct KnownMessage(int Index, int Count, long FirstSequence);
