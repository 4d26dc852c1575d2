using Sluice.Journal;

namespace Sluice.Actors.Pools.Routing;

/// <summary>What a pool is started with.</summary>
internal sealed record PoolSetup(ExporterPoolSettings Settings, PoolParts Parts, IJournal Journal, IReadOnlyList<PoolExporter> Exporters);
