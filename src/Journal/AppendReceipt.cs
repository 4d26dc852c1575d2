namespace Sluice.Journal;

/// <summary>The journal's word that items are committed: they survive the process from now on.</summary>
/// <param name="FirstPosition">Where the first of them lies; the others follow it without gaps.</param>
/// <param name="FirstSequence">The first one's number; the others follow it without gaps unless the caller gave numbers.</param>
/// <param name="Count">How many items were stored.</param>
/// <param name="AcceptedAt">The time written with them.</param>
/// <param name="Known">Those that were not stored now because their message had come before, in the order of the call; null when there are none.</param>
public readonly record struct AppendReceipt(
    long FirstPosition, long FirstSequence, int Count, DateTimeOffset AcceptedAt, IReadOnlyList<KnownMessage>? Known = null);
