namespace Sluice.Instruments.Recording;

/// <summary>What the recorder knows of one source.</summary>
/// <param name="Name">The source's name.</param>
/// <param name="Kind">The source's kind.</param>
/// <param name="Seen">How many of its events were seen, kept or not.</param>
/// <param name="Waiting">How many items are in its queue or mailbox, of those seen going in; null when it has none.</param>
/// <param name="Entries">The last events, the oldest first.</param>
public sealed record FlightPart(string Name, string Kind, long Seen, long? Waiting, IReadOnlyList<FlightEntry> Entries);
