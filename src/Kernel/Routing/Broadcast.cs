using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Routing;

/// <summary>Picks all.</summary>
public sealed class BroadcastRoutingLogic : RoutingLogic
{
    /// <inheritdoc/>
    public override Routee Select(object message, Routee[] routees) =>
        routees.Length == 0 ? Routee.NoRoutee : new SeveralRoutees(routees);
}

/// <summary>A pool that routes to all.</summary>
public sealed class BroadcastPool(int nrOfInstances, SupervisorStrategy? supervisorStrategy = null) : Pool(nrOfInstances, supervisorStrategy)
{
    /// <inheritdoc/>
    public override Router CreateRouter(ActorSystem system) => new(new BroadcastRoutingLogic());
}

/// <summary>A group that is routed to to all.</summary>
public sealed class BroadcastGroup(IEnumerable<string> paths) : Group(paths)
{
    /// <summary>With paths.</summary>
    public BroadcastGroup(params string[] paths)
        : this((IEnumerable<string>)paths)
    {
    }

    /// <inheritdoc/>
    public override Router CreateRouter(ActorSystem system) => new(new BroadcastRoutingLogic());
}
