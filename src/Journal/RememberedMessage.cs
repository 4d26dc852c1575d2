namespace Sluice.Journal;

/// <summary>A message whose items the journal has taken, and whose id it remembers.</summary>
/// <param name="Number">Its place among the journal's messages; the higher, the later.</param>
/// <param name="Id">The id its sender gave it.</param>
/// <param name="FirstSequence">The number of its first item; the others follow it unless the caller gave numbers.</param>
/// <param name="Count">How many items it brought.</param>
public sealed record RememberedMessage(long Number, string Id, long FirstSequence, int Count);
