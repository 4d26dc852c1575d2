using Sluice.Exporters.Sinks;
using Sluice.Journal;

namespace Sluice.Actors.Pools.Sending;

/// <summary>What an exporter of a pool needs to know and to hold; it outlives the actor, so that a crash changes none of it.</summary>
internal sealed record ExporterContext
{
    /// <summary>The pool's name.</summary>
    public required string Pool { get; init; }

    /// <summary>The sink, shared by all incarnations of the actor.</summary>
    public required ISink Sink { get; init; }

    /// <summary>How to send to it.</summary>
    public required PoolExporterSettings Settings { get; init; }

    /// <summary>When items are saved; <see cref="SaveMode.Off"/> for shadows.</summary>
    public required SaveMode Save { get; init; }

    /// <summary>Whether what has failed is sent again only when asked for.</summary>
    public required bool ManualReexport { get; init; }

    /// <summary>Whether the pool wants to know how far it has come.</summary>
    public required bool ReportsProgress { get; init; }

    /// <summary>Where saved items are.</summary>
    public required IJournal Journal { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The chance in jitter.</summary>
    public required Random Random { get; init; }

    /// <summary>The exporter's name: its sink's.</summary>
    public string Name => Sink.Name;
}
