using Sluice.Journal.DeadLetters;
using Sluice.Journal.Errors;
using Sluice.Journal.Reports;

namespace Sluice.Journal.Engine;

/// <summary>Looks at a journal without the writer's help: the state is read before the rows that it explains.</summary>
internal sealed class JournalView(string pool, string where, string? owner, IJournalReader reader) : IJournalView
{
    public string Pool => pool;

    public string Where => where;

    public string? Owner => owner;

    public async ValueTask<JournalStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        (await LookAsync(cancellationToken).ConfigureAwait(false)).ToStatus(pool);

    public async ValueTask<IReadOnlyList<OwedItem>> ReadOwedAsync(
        string sink, long after, int maxItems, long maxBytes, CancellationToken cancellationToken)
    {
        var view = await LookAsync(cancellationToken).ConfigureAwait(false);
        var page = view.Sinks.TryGetValue(sink, out var found) ? found : throw new UnknownSinkException(where, sink, view.Sinks.Keys);
        var rows = new List<StoredItem>();
        if (page.Status.Pending > 0)
        {
            var query = new ItemQuery(page.Audiences, Math.Max(after, page.Status.Cursor), maxItems, maxBytes, page.Settled);
            await reader.ReadItemsAsync(query, rows, cancellationToken).ConfigureAwait(false);
        }

        return rows.ConvertAll(row => row.ToOwed(pool));
    }

    public ValueTask<IReadOnlyList<UnsentItem>> ReadUnsentAsync(long after, int maxItems, long maxBytes, CancellationToken cancellationToken) =>
        UnsentItems.ReadAsync(pool, reader, () => LookAsync(cancellationToken), after, maxItems, maxBytes, cancellationToken);

    public ValueTask<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(
        DeadLetterFilter filter, long after, int max, CancellationToken cancellationToken) =>
        reader.ReadDeadLettersAsync(pool, filter, after, max, cancellationToken);

    public async ValueTask<JournalCheck> VerifyAsync(CancellationToken cancellationToken)
    {
        var check = new LedgerCheck();
        await reader.ScanAsync(check, cancellationToken).ConfigureAwait(false);
        return check.Conclude();
    }

    public ValueTask DisposeAsync() => reader.DisposeAsync();

    private async ValueTask<PoolView> LookAsync(CancellationToken cancellationToken) =>
        new PoolState(await reader.ReadStateAsync(cancellationToken).ConfigureAwait(false)).Publish([]);
}
