namespace Sluice.Actors.Exporters;

/// <summary>How an exporter that observes runs sends to its sink (<c>sluice.exporter</c>).</summary>
public sealed record SinkExporterSettings
{
    /// <summary>Which events are sent: some of <see cref="TubeEvents.Categories"/>.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>A batch is sent as soon as it holds so many events; at least 1.</summary>
    public required int BatchSize { get; init; }

    /// <summary>A smaller batch is sent once its oldest event has waited this long.</summary>
    public required TimeSpan BatchAge { get; init; }

    /// <summary>How many events of one run wait at most; newer ones are lost and counted.</summary>
    public required int MaxQueue { get; init; }

    /// <summary>How often a batch is tried in all before it is lost and counted; at least 1.</summary>
    public required int Attempts { get; init; }

    /// <summary>The wait before the second attempt; it doubles with each further one. A longer wait that the sink asks for is respected.</summary>
    public required TimeSpan RetryInterval { get; init; }

    /// <summary>How long the end of a run waits for what is on its way.</summary>
    public required TimeSpan FlushTimeout { get; init; }
}
