namespace Sluice.Messages.Pools;

/// <summary>
/// Take nothing more, wait until everything owed is sent, but no longer than <paramref name="Timeout"/>, then stop; what is left stays in the journal.
/// Answered with <see cref="Drained"/>.
/// </summary>
/// <param name="Timeout">How long to wait; zero stops as soon as the attempts in hand have ended.</param>
public sealed record Drain(TimeSpan Timeout);

/// <summary>The pool has stopped.</summary>
/// <param name="Unsent">Items left in the journal, counted once per exporter that misses them; zero when all was sent in time.</param>
/// <param name="Lost">Items that nothing keeps, because the pool saves nothing or keeps its journal in memory.</param>
public sealed record Drained(long Unsent, long Lost);
