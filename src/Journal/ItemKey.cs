using System.Globalization;

namespace Sluice.Journal;

/// <summary>What a sink deduplicates by: the same for one item at every sink, in every retry, redrive and after every restart.</summary>
/// <param name="Pool">The pool's name.</param>
/// <param name="Sequence">The item's number in the pool, from 1.</param>
public readonly record struct ItemKey(string Pool, long Sequence)
{
    /// <summary>The key as text, <c>pool:sequence</c>, fit for an <c>Idempotency-Key</c> header.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Pool}:{Sequence}");
}
