using System.Collections.Frozen;
using System.Diagnostics;
using Sluice.Exporters.Events;

namespace Sluice.Exporters;

/// <summary>What an exporter observes: one run, its event stream and what is known about it.</summary>
public sealed class ContextState
{
    private static readonly FrozenDictionary<string, object?> NoValues = FrozenDictionary<string, object?>.Empty;
    private static readonly FrozenDictionary<string, string> NoHeaders = FrozenDictionary<string, string>.Empty;

    /// <summary>The run's name, unique among the runs observed at the same time.</summary>
    public required string Name { get; init; }

    /// <summary>The run's events; without it an exporter has nothing to observe and does not run.</summary>
    public IObservable<ExporterEvent>? Events { get; init; }

    /// <summary>The trace that all spans of this run belong to.</summary>
    public ActivityTraceId TraceId { get; init; } = ActivityTraceId.CreateRandom();

    /// <summary>Whatever the run's owner wants exporters to know: user, tenant, input names.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; init; } = NoValues;

    /// <summary>Headers of the request or message that began the run. Make it case-insensitive when it comes from HTTP.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = NoHeaders;

    /// <summary>A context of nothing, for exporters made before there is a run.</summary>
    public static ContextState None { get; } = new() { Name = "none" };
}
