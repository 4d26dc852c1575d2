using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Routing;

/// <summary>Picks each in turn.</summary>
public sealed class RoundRobinRoutingLogic : RoutingLogic
{
    private long _next = -1;

    /// <inheritdoc/>
    public override Routee Select(object message, Routee[] routees) => routees.Length == 0
        ? Routee.NoRoutee
        : routees[(int)((ulong)Interlocked.Increment(ref _next) % (ulong)routees.Length)];
}

/// <summary>A pool that routes to each in turn.</summary>
public sealed class RoundRobinPool(int nrOfInstances, SupervisorStrategy? supervisorStrategy = null) : Pool(nrOfInstances, supervisorStrategy)
{
    /// <inheritdoc/>
    public override Router CreateRouter(ActorSystem system) => new(new RoundRobinRoutingLogic());
}

/// <summary>A group that is routed to to each in turn.</summary>
public sealed class RoundRobinGroup(IEnumerable<string> paths) : Group(paths)
{
    /// <summary>With paths.</summary>
    public RoundRobinGroup(params string[] paths)
        : this((IEnumerable<string>)paths)
    {
    }

    /// <inheritdoc/>
    public override Router CreateRouter(ActorSystem system) => new(new RoundRobinRoutingLogic());
}
