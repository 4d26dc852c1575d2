using Sluice.Journal;

namespace Sluice.Actors.Pools.Sending;

/// <summary>
/// Saves items that were not in the journal: those that failed and those behind them. One commit at a time, in the order of their numbers, whatever
/// the order in which they come here: what was on its way joins those behind it later. Each keeps the number under which it was tried.
/// </summary>
internal sealed class Spill(string exporter, Func<PoolEntry, NewItem> save)
{
    private readonly OwedTo _owedTo = OwedTo.Only(exporter);
    private readonly List<Spilled> _waiting = [];

    /// <summary>What is being written now.</summary>
    public IReadOnlyList<Spilled> Writing { get; private set; } = [];

    /// <summary>Whether everything is saved.</summary>
    public bool IsWritten => _waiting.Count == 0 && Writing.Count == 0;

    /// <summary>Bytes that it holds in memory.</summary>
    public long Bytes { get; private set; }

    /// <summary>An item to save; with <paramref name="dead"/> for the dead letters.</summary>
    public void Add(PoolEntry entry, string error, DeadReason? dead)
    {
        var at = _waiting.Count;
        while (at > 0 && _waiting[at - 1].Entry.Order > entry.Order)
        {
            at--;
        }

        _waiting.Insert(at, new(entry, error, dead));
        Bytes += entry.Bytes;
    }

    /// <summary>Begins a commit unless one is under way or there is nothing to save.</summary>
    public Task<SpillWritten>? Write(IJournal journal, CancellationToken stop)
    {
        if (Writing.Count > 0 || _waiting.Count == 0)
        {
            return null;
        }

        Writing = [.. _waiting];
        _waiting.Clear();
        return WriteAsync(journal, Writing, stop);
    }

    /// <summary>A commit has ended.</summary>
    /// <returns>What it was about.</returns>
    public IReadOnlyList<Spilled> Written()
    {
        var written = Writing;
        Writing = [];
        Bytes -= written.Sum(spilled => spilled.Entry.Bytes);
        return written;
    }

    private async Task<SpillWritten> WriteAsync(IJournal journal, IReadOnlyList<Spilled> spilled, CancellationToken stop)
    {
        try
        {
            var items = spilled.Select(one => save(one.Entry)).ToArray();
            return new(await journal.AppendAsync(items, _owedTo, stop).ConfigureAwait(false), null);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new(default, fault);
        }
    }
}

/// <summary>An item to save.</summary>
/// <param name="Entry">The item.</param>
/// <param name="Error">Why it has to be saved.</param>
/// <param name="Dead">Why its sink will never take it; null when it may.</param>
internal sealed record Spilled(PoolEntry Entry, string Error, DeadReason? Dead);
