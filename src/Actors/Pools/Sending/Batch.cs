using Sluice.Actors.Pools.Retries;
using Sluice.Exporters.Sinks;

namespace Sluice.Actors.Pools.Sending;

/// <summary>Items that go to the sink in one call.</summary>
internal sealed class Batch(IReadOnlyList<PoolEntry> entries)
{
    /// <summary>The items, in order; never empty.</summary>
    public IReadOnlyList<PoolEntry> Entries { get; } = entries;

    /// <summary>How often these items have been sent before.</summary>
    public int Attempts { get; set; }

    /// <summary>When it may be sent again; null until it has failed.</summary>
    public RetrySchedule? Schedule { get; set; }

    /// <summary>The earliest time to send it, as a timestamp.</summary>
    public long NotBefore { get; set; }

    /// <summary>Whether its attempts are used up, so that one more failure is the end of each item that stands alone.</summary>
    public bool IsLastChance { get; set; }

    /// <summary>Whether it is what is left of a batch that was split to find the item that spoils it.</summary>
    public bool IsSplit { get; private init; }

    /// <summary>Bytes that it holds in memory.</summary>
    public long Bytes { get; } = entries.Sum(entry => (long)entry.Bytes);

    /// <summary>Whether its items are in the journal; all of them are, or none.</summary>
    public bool IsSaved => Entries[0].Position > 0;

    /// <summary>What the sink gets.</summary>
    public IReadOnlyList<SinkItem> Items() => Entries is [var only] ? [only.Item] : Entries.Select(entry => entry.Item).ToArray();

    /// <summary>A batch of some of these items, with the same history.</summary>
    public Batch Part(IReadOnlyList<PoolEntry> entries) => new(entries)
    {
        Attempts = Attempts,
        Schedule = Schedule,
        NotBefore = NotBefore,
        IsLastChance = IsLastChance,
        IsSplit = IsSplit,
    };

    /// <summary>Two halves, in order, to find the item that spoils it.</summary>
    public IEnumerable<Batch> Halves()
    {
        var middle = Entries.Count / 2;
        return [Half([.. Entries.Take(middle)]), Half([.. Entries.Skip(middle)])];
    }

    private Batch Half(IReadOnlyList<PoolEntry> entries) => new(entries) { Attempts = Attempts, IsLastChance = IsLastChance, IsSplit = true };
}
