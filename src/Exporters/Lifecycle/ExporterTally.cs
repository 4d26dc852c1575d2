namespace Sluice.Exporters.Lifecycle;

/// <summary>The counts of one exporter instance.</summary>
internal sealed class ExporterTally
{
    private long _events;
    private long _exported;
    private long _dropped;
    private long _faults;

    public void Event() => Interlocked.Increment(ref _events);

    public void Exported(int items) => Interlocked.Add(ref _exported, items);

    public void Dropped(int items) => Interlocked.Add(ref _dropped, items);

    public void Fault() => Interlocked.Increment(ref _faults);

    public ExporterCounters Snapshot(int runningTasks) => new(
        Interlocked.Read(ref _events), Interlocked.Read(ref _exported), Interlocked.Read(ref _dropped), Interlocked.Read(ref _faults), runningTasks);
}
