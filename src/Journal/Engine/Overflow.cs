using Sluice.Journal.Errors;

namespace Sluice.Journal.Engine;

/// <summary>Makes room by dropping the oldest items at everyone who is owed them. Writer only.</summary>
internal sealed class Overflow(IJournalStore store, Settler settler)
{
    private const int ItemsPerStep = 256;
    private const string Reason = "overflow";

    private readonly List<ItemHeader> _oldest = [];

    /// <summary>Drops at least one item, and no more than are needed to make so much room.</summary>
    public async ValueTask DropSomeAsync(PoolState pool, Room needed)
    {
        _oldest.Clear();
        await store.ReadHeadersAsync(null, 0, ItemsPerStep, _oldest).ConfigureAwait(false);
        KeepNoMoreThan(needed);
        if (_oldest.Count == 0)
        {
            throw new JournalDamagedException(store.Where, $"the totals say {pool.Items} items, and there are none", null);
        }

        foreach (var sink in pool.Sinks)
        {
            var dropped = new List<Settlement>();
            foreach (var header in _oldest)
            {
                if (!sink.HasSettled(header.Position) && pool.FindAudience(header.Audience) is { } audience && audience.Includes(sink))
                {
                    dropped.Add(Settlement.Dropped(header.Position, Reason));
                }
            }

            await settler.SettleAsync(pool, sink, dropped).ConfigureAwait(false);
        }
    }

    private void KeepNoMoreThan(Room needed)
    {
        var (items, bytes) = (0L, 0L);
        for (var index = 0; index < _oldest.Count; index++)
        {
            if (items >= needed.Items && bytes >= needed.Bytes)
            {
                _oldest.RemoveRange(index, _oldest.Count - index);
                return;
            }

            items++;
            bytes += _oldest[index].Size;
        }
    }
}

/// <summary>How much room is missing; zero or less for none.</summary>
internal readonly record struct Room(long Items, long Bytes);
