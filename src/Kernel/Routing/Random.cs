using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Routing;

/// <summary>Picks any, each as likely as the others.</summary>
public sealed class RandomLogic : RoutingLogic
{
    /// <inheritdoc/>
    public override Routee Select(object message, Routee[] routees) =>
        routees.Length == 0 ? Routee.NoRoutee : routees[Random.Shared.Next(routees.Length)];
}

/// <summary>A pool that routes to any.</summary>
public sealed class RandomPool(int nrOfInstances, SupervisorStrategy? supervisorStrategy = null) : Pool(nrOfInstances, supervisorStrategy)
{
    /// <inheritdoc/>
    public override Router CreateRouter(ActorSystem system) => new(new RandomLogic());
}

/// <summary>A group that is routed to to any.</summary>
public sealed class RandomGroup(IEnumerable<string> paths) : Group(paths)
{
    /// <summary>With paths.</summary>
    public RandomGroup(params string[] paths)
        : this((IEnumerable<string>)paths)
    {
    }

    /// <inheritdoc/>
    public override Router CreateRouter(ActorSystem system) => new(new RandomLogic());
}
