namespace Sluice.Exporters.Sinks.Otlp;

/// <summary>What a sink sends to a collector.</summary>
public enum OtlpSignal
{
    /// <summary>Spans; items must be of the type <see cref="Tracing.SpanJson.ContentType"/>.</summary>
    Traces,

    /// <summary>Log records; any item, which becomes the record's body.</summary>
    Logs,
}
