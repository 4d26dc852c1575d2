using Sluice.Journal.DeadLetters;
using Sluice.Journal.Reports;

namespace Sluice.Journal;

/// <summary>
/// A pool's journal for looking only: safe beside the program that has it open, which it neither stops nor slows. Each call sees the last commit.
/// </summary>
public interface IJournalView : IAsyncDisposable
{
    /// <summary>The pool's name.</summary>
    string Pool { get; }

    /// <summary>The file, or the database and schema.</summary>
    string Where { get; }

    /// <summary>Who has the journal open for writing, such as <c>process 4711 on host-a</c>; null when nobody has.</summary>
    string? Owner { get; }

    /// <summary>The ledger and totals.</summary>
    ValueTask<JournalStatus> GetStatusAsync(CancellationToken cancellationToken);

    /// <inheritdoc cref="IJournal.ReadOwedAsync"/>
    ValueTask<IReadOnlyList<OwedItem>> ReadOwedAsync(string sink, long after, int maxItems, long maxBytes, CancellationToken cancellationToken);

    /// <inheritdoc cref="IJournal.ReadUnsentAsync"/>
    ValueTask<IReadOnlyList<UnsentItem>> ReadUnsentAsync(long after, int maxItems, long maxBytes, CancellationToken cancellationToken);

    /// <inheritdoc cref="IJournal.ReadDeadLettersAsync"/>
    ValueTask<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(DeadLetterFilter filter, long after, int max, CancellationToken cancellationToken);

    /// <inheritdoc cref="IJournal.VerifyAsync"/>
    ValueTask<JournalCheck> VerifyAsync(CancellationToken cancellationToken);
}
