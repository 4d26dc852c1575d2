namespace Sluice.Exporters.Tracing;

/// <summary>A moment within a span.</summary>
/// <param name="TimeUnixNano">When, in nanoseconds since the Unix epoch.</param>
/// <param name="Name">What.</param>
/// <param name="Attributes">More about it.</param>
public sealed record SpanEvent(ulong TimeUnixNano, string Name, IReadOnlyDictionary<string, object?> Attributes);
