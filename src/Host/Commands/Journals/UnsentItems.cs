using System.Runtime.CompilerServices;
using Sluice.Journal;

namespace Sluice.Host.Commands.Journals;

/// <summary>Reads what is owed page by page, so that a backlog of any size fits in memory.</summary>
internal static class UnsentItems
{
    private const int PageItems = 500;
    private const long PageBytes = 4L << 20;

    public static async IAsyncEnumerable<UnsentItem> ReadAsync(
        IJournalView journal, string? sink, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = 0L;
        while (true)
        {
            var page = await journal.ReadUnsentAsync(after, PageItems, PageBytes, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0)
            {
                yield break;
            }

            foreach (var unsent in page.Where(unsent => sink is null || unsent.Sinks.Contains(sink)))
            {
                yield return unsent;
            }

            after = page[^1].Item.Position;
        }
    }
}
