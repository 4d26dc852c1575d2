using Sluice.Journal.Engine;

namespace Sluice.Journal.Tests;

/// <summary>A store that syncs apart from its commits, on a disk that fails when a test says so.</summary>
internal sealed class UnsyncedStore(IJournalStore rows) : IJournalStore
{
    public volatile bool Fails;

    public string Where => rows.Where;

    public bool SyncsApart => true;

    public IJournalReader Reader => rows.Reader;

    public void Sync()
    {
        if (Fails)
        {
            throw new IOException("Input/output error");
        }
    }

    public void NoteDamage() => rows.NoteDamage();

    public ValueTask<StoredState> LoadAsync() => rows.LoadAsync();

    public ValueTask CommitAsync(PoolState pool, CommitPlan plan) => rows.CommitAsync(pool, plan);

    public ValueTask FindMessagesAsync(IReadOnlyList<string> ids, Dictionary<string, RememberedMessage> into) => rows.FindMessagesAsync(ids, into);

    public ValueTask ReadMessagesAsync(long after, int max, List<RememberedMessage> into) => rows.ReadMessagesAsync(after, max, into);

    public ValueTask<RangeTotals> MeasureAsync(int audience, PositionRange range) => rows.MeasureAsync(audience, range);

    public ValueTask<bool> AnyAsync(int audience, PositionRange range) => rows.AnyAsync(audience, range);

    public ValueTask<ItemHeader?> FindAsync(long position) => rows.FindAsync(position);

    public ValueTask ReadHeadersAsync(IReadOnlyList<int>? audiences, long after, int max, List<ItemHeader> into) =>
        rows.ReadHeadersAsync(audiences, after, max, into);

    public ValueTask ReadRedrivesAsync(int sink, PositionRange range, List<RedriveMark> into) => rows.ReadRedrivesAsync(sink, range, into);

    public ValueTask<DeadLetterHeader?> FindDeadLetterAsync(long id) => rows.FindDeadLetterAsync(id);

    public ValueTask ReadOldestDeadLettersAsync(int max, List<DeadLetterHeader> into) => rows.ReadOldestDeadLettersAsync(max, into);

    public ValueTask<bool> TidyAsync() => rows.TidyAsync();

    public ValueTask DisposeAsync() => rows.DisposeAsync();
}
