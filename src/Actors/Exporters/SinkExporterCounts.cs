namespace Sluice.Actors.Exporters;

/// <summary>What an exporter and all its copies have done.</summary>
internal sealed class SinkExporterCounts
{
    private long _made;
    private long _delivered;
    private volatile string? _trouble;

    public long Made => Interlocked.Read(ref _made);

    public long Delivered => Interlocked.Read(ref _delivered);

    public string? Trouble
    {
        get => _trouble;
        set => _trouble = value;
    }

    public void Make() => Interlocked.Increment(ref _made);

    public void Deliver() => Interlocked.Increment(ref _delivered);
}
