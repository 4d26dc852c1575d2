namespace Sluice.Actors.Pools.Routing;

/// <summary>A change of the pool that was asked for; they are made one after the other.</summary>
/// <param name="Message">What was asked.</param>
/// <param name="Asker">Who gets the answer.</param>
internal sealed record PoolChange(object Message, IActorRef Asker);

/// <summary>Handle to pool: add this exporter.</summary>
internal sealed record AddMadeExporter(PoolExporter Exporter);
