using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Routing;

/// <summary>Describes a router: how it picks who gets a message, and whom it can pick.</summary>
public abstract class RouterConfig
{
    private protected RouterConfig()
    {
    }

    /// <summary>The settings' path of the dispatcher of the router itself, which handles only management messages.</summary>
    public string RouterDispatcher { get; private set; } = Deploy.NotSet;

    /// <summary>Whether the router stops when its last routee has.</summary>
    public virtual bool StopRouterWhenAllRouteesRemoved => true;

    /// <summary>Makes a router, still without routees, that picks as described.</summary>
    public abstract Router CreateRouter(ActorSystem system);

    /// <summary>What the cell of the router runs.</summary>
    internal virtual Props RouterProps() => Props.Create<RouterActor>().WithDispatcher(RouterDispatcher);

    /// <summary>Whom the router has at its start.</summary>
    internal abstract IReadOnlyList<Routee> FirstRoutees(RoutedActorRef router);

    private protected RouterConfig WithRouterDispatcher(string dispatcher) => With(copy => copy.RouterDispatcher = dispatcher);

    private protected RouterConfig With(Action<RouterConfig> change)
    {
        var copy = (RouterConfig)MemberwiseClone();
        change(copy);
        return copy;
    }
}
