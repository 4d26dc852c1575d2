namespace Sluice.Journal.Reports;

/// <summary>What was done about a damaged journal file.</summary>
/// <param name="Damage">What was wrong with it.</param>
/// <param name="SetAside">Where the damaged file lies now, whole.</param>
/// <param name="ItemsRecovered">Items that are owed again in the new file.</param>
/// <param name="DeadLettersRecovered">Dead letters in the new file.</param>
/// <param name="SequencesLost">Ranges of numbers that should have been there and could not be read; empty when nothing is missing.</param>
/// <param name="Remarks">What a person should know besides, such as sinks whose cursor was lost, so that they are sent items again.</param>
public sealed record JournalRecovery(
    string Damage,
    string SetAside,
    long ItemsRecovered,
    long DeadLettersRecovered,
    IReadOnlyList<SequenceRange> SequencesLost,
    IReadOnlyList<string> Remarks);
