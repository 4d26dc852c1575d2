namespace Sluice.Journal.Reports;

/// <summary>The ledger held against the rows.</summary>
/// <param name="Items">Stored items counted.</param>
/// <param name="DeadLetters">Dead letters counted.</param>
/// <param name="Faults">Every disagreement in a sentence; empty when all agrees.</param>
public sealed record JournalCheck(long Items, long DeadLetters, IReadOnlyList<string> Faults)
{
    /// <summary>Whether all agrees.</summary>
    public bool IsSound => Faults.Count == 0;
}
