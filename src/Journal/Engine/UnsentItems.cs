namespace Sluice.Journal.Engine;

/// <summary>Rows joined with those who miss them.</summary>
internal static class UnsentItems
{
    public static async ValueTask<IReadOnlyList<UnsentItem>> ReadAsync(
        string pool,
        IJournalReader reader,
        Func<ValueTask<PoolView>> look,
        long after,
        int maxItems,
        long maxBytes,
        CancellationToken cancellationToken)
    {
        var rows = new List<StoredItem>();
        List<UnsentItem> unsent;
        PoolView view;
        do
        {
            rows.Clear();
            view = await look().ConfigureAwait(false);
            await reader.ReadItemsAsync(new ItemQuery(null, after, maxItems, maxBytes, []), rows, cancellationToken).ConfigureAwait(false);
            unsent = Of(pool, view, rows);
            after = rows.Count > 0 ? rows[^1].Position : after;
        }
        while (unsent.Count == 0 && rows.Count > 0 && after < view.LastPosition);
        return unsent;
    }

    private static List<UnsentItem> Of(string pool, PoolView view, List<StoredItem> rows)
    {
        var unsent = new List<UnsentItem>(rows.Count);
        foreach (var row in rows)
        {
            // What was committed after the view was taken is for the next read.
            if (row.Position <= view.LastPosition && row.IsSound && view.Audiences.TryGetValue(row.Audience, out var members))
            {
                var missing = members.Where(member => !view.Sinks[member].HasSettled(row.Position)).ToList();
                if (missing.Count > 0)
                {
                    unsent.Add(new UnsentItem(row.ToOwed(pool), missing));
                }
            }
        }

        return unsent;
    }
}
