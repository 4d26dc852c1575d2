namespace Sluice.Actors.Pools.Sending;

/// <summary>The batches on their way to the sink.</summary>
internal sealed class Outstanding
{
    private readonly List<Batch> _batches = [];

    /// <summary>The batches.</summary>
    public IReadOnlyList<Batch> All => _batches;

    /// <summary>How many batches.</summary>
    public int Batches => _batches.Count;

    /// <summary>How many items.</summary>
    public int Items { get; private set; }

    /// <summary>Whether something is on its way that is in memory only.</summary>
    public bool HasUnsaved => _batches.Exists(batch => !batch.IsSaved);

    /// <summary>The items, batch by batch.</summary>
    public IEnumerable<PoolEntry> Entries => _batches.SelectMany(batch => batch.Entries);

    /// <summary>The item accepted first of them; null when none is on its way.</summary>
    public PoolEntry? Oldest => _batches.Count == 0 ? null : _batches.Select(batch => batch.Entries[0]).MinBy(entry => entry.Order);

    /// <summary>A batch leaves.</summary>
    public void Add(Batch batch)
    {
        _batches.Add(batch);
        Items += batch.Entries.Count;
    }

    /// <summary>A batch is back.</summary>
    public void Remove(Batch batch)
    {
        if (_batches.Remove(batch))
        {
            Items -= batch.Entries.Count;
        }
    }

    /// <summary>Whether an item up to a position of the journal is on its way.</summary>
    public bool HasUpTo(long position) => _batches.Exists(batch => batch.Entries.Any(entry => entry.Position > 0 && entry.Position <= position));
}
