namespace Sluice.Cluster.Sharding;

/// <summary>An entity tells its parent that it has nothing to do: it gets the stop message, and is made again when something comes for it.</summary>
/// <param name="StopMessage">What ends it, for instance a <see cref="Sluice.Kernel.Actor.PoisonPill"/>.</param>
public sealed record Passivate(object StopMessage);
