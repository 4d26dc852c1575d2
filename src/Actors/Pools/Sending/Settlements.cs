using Sluice.Journal;

namespace Sluice.Actors.Pools.Sending;

/// <summary>
/// Writes down how items ended, one commit at a time: what ends during a commit goes into the next. A commit that fails is tried again;
/// until it succeeds the items stay owed, which costs a second delivery under the same key at worst.
/// </summary>
internal sealed class Settlements(string exporter)
{
    // A sink can be faster than the journal. Each commit would then find more waiting than the one before, and take longer for it.
    private const int MostBeforeReadingOn = 8192;

    private List<Settlement> _waiting = [];
    private List<Settlement> _writing = [];

    /// <summary>Whether everything is written down.</summary>
    public bool AreWritten => _waiting.Count == 0 && _writing.Count == 0;

    /// <summary>Whether so many wait to be written down that no more of the backlog is to be read before.</summary>
    public bool AreFarBehind => _waiting.Count >= MostBeforeReadingOn;

    /// <summary>How many items have ended so far.</summary>
    public long Ended { get; private set; }

    /// <summary>How many of them are written down.</summary>
    public long WrittenSoFar { get; private set; }

    /// <summary>An item has ended.</summary>
    public void Add(Settlement settlement)
    {
        Ended++;
        _waiting.Add(settlement);
    }

    /// <summary>Begins a commit unless one is under way or there is nothing to write.</summary>
    /// <returns>The commit's end; null when none was begun.</returns>
    public Task<SettlementsWritten>? Write(IJournal journal)
    {
        if (_writing.Count > 0 || _waiting.Count == 0)
        {
            return null;
        }

        (_writing, _waiting) = (_waiting, _writing);
        return WriteAsync(journal, _writing);
    }

    /// <summary>A commit has ended.</summary>
    public void Written(SettlementsWritten end)
    {
        if (end.Fault is not null)
        {
            _waiting.InsertRange(0, _writing);
        }
        else
        {
            WrittenSoFar += _writing.Count;
        }

        _writing.Clear();
    }

    private async Task<SettlementsWritten> WriteAsync(IJournal journal, IReadOnlyList<Settlement> settlements)
    {
        try
        {
            await journal.SettleAsync(exporter, settlements, CancellationToken.None).ConfigureAwait(false);
            return new(null);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new(fault);
        }
    }
}
