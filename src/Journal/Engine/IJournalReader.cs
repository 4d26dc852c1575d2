using Sluice.Journal.DeadLetters;

namespace Sluice.Journal.Engine;

/// <summary>Reads what is committed. Any number of callers at a time.</summary>
internal interface IJournalReader : IAsyncDisposable
{
    ValueTask<StoredState> ReadStateAsync(CancellationToken cancellationToken);

    ValueTask ReadItemsAsync(ItemQuery query, List<StoredItem> into, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(string pool, DeadLetterFilter filter, long after, int max, CancellationToken cancellationToken);

    /// <summary>Shows one consistent picture of everything to <paramref name="visitor"/>.</summary>
    ValueTask ScanAsync(IJournalVisitor visitor, CancellationToken cancellationToken);
}
