namespace Sluice.Journal.Engine;

/// <summary>Rows joined with those who miss them.</summary>
internal static class UnsentItems
{
    public static IReadOnlyList<UnsentItem> Of(string pool, PoolView view, List<StoredItem> rows)
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
