namespace Sluice.Journal.Reports;

/// <summary>How much work a journal has done since it was opened.</summary>
/// <param name="Commits">Commits made; far fewer than appends when many send at once.</param>
/// <param name="Appended">Items committed.</param>
/// <param name="Settled">Settlements committed.</param>
/// <param name="Rejected">Items refused because of a limit.</param>
/// <param name="Blocked">Calls that wait for room at the moment.</param>
/// <param name="Failures">Commits that failed.</param>
public readonly record struct JournalCounters(long Commits, long Appended, long Settled, long Rejected, int Blocked, long Failures);
