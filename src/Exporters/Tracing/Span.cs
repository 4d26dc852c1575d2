using System.Collections.Frozen;
using System.Diagnostics;
using Sluice.Exporters.Events;

namespace Sluice.Exporters.Tracing;

/// <summary>Something with a duration, as OpenTelemetry knows it.</summary>
public sealed record Span : IAttributed<Span>
{
    /// <summary>The trace: one per run.</summary>
    public required ActivityTraceId TraceId { get; init; }

    /// <summary>The span.</summary>
    public required ActivitySpanId SpanId { get; init; }

    /// <summary>The span around it; null at the top.</summary>
    public ActivitySpanId? ParentSpanId { get; init; }

    /// <summary>The name for people.</summary>
    public required string Name { get; init; }

    /// <summary>When it began, in nanoseconds since the Unix epoch.</summary>
    public required ulong StartTimeUnixNano { get; init; }

    /// <summary>When it ended, in nanoseconds since the Unix epoch; never before its start.</summary>
    public required ulong EndTimeUnixNano { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>Whether it was ended because the exporter stopped, not because its end was seen.</summary>
    public bool Unfinished { get; init; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object?> Attributes { get; init; } = FrozenDictionary<string, object?>.Empty;

    /// <summary>What happened within it, in order.</summary>
    public IReadOnlyList<SpanEvent> Events { get; init; } = [];

    /// <inheritdoc/>
    public Span WithAttributes(IReadOnlyDictionary<string, object?> attributes) => this with { Attributes = attributes };
}
