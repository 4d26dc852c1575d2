using Sluice.Exporters.Sinks;
using Sluice.Journal;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools;

/// <summary>A sink and how to send to it.</summary>
/// <param name="Sink">The sink; the pool owns it and disposes it when the exporter leaves or the pool stops.</param>
/// <param name="Settings">How to send to it.</param>
public sealed record PoolExporter(ISink Sink, PoolExporterSettings Settings);

/// <summary>What a pool needs beside its settings; everything has a default that fits a program of its own.</summary>
public sealed record PoolParts
{
    /// <summary>
    /// Runs once per item before all exporters; returning null is an error that fails that send only, as is throwing. It gets the pool's own copy.
    /// </summary>
    public Func<PoolItem, PoolItem?>? Transform { get; init; }

    /// <summary>Opens the journal in memory (true) or on disk (false), for <see cref="SetUseMemory"/>; null makes that change refused.</summary>
    public Func<bool, CancellationToken, ValueTask<IJournal>>? OpenJournal { get; init; }

    /// <summary>Makes the exporter that an <see cref="AddExporter"/> message describes; null makes that message refused.</summary>
    public Func<AddExporter, PoolExporter>? MakeExporter { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The chance in jitter.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>How long a status waits for an exporter before it is reported as silent.</summary>
    internal TimeSpan StatusPatience { get; init; } = TimeSpan.FromSeconds(2);
}
