using Sluice.Journal.Reports;

namespace Sluice.Journal.Engine;

/// <summary>Counts what the writer does. Written by the writer, read by anybody.</summary>
internal sealed class WriterTally
{
    private long _commits;
    private long _appended;
    private long _settled;
    private long _rejected;
    private long _failures;

    public void Committed(CommitPlan plan)
    {
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _appended, plan.Items.Count);
        Interlocked.Add(ref _settled, plan.Settled);
    }

    public void Rejected(int items) => Interlocked.Add(ref _rejected, items);

    public void Failed() => Interlocked.Increment(ref _failures);

    public JournalCounters With(int blocked) => new(
        Interlocked.Read(ref _commits),
        Interlocked.Read(ref _appended),
        Interlocked.Read(ref _settled),
        Interlocked.Read(ref _rejected),
        blocked,
        Interlocked.Read(ref _failures));
}
