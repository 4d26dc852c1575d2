using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Routing;

/// <summary>Describes a router: how it picks who gets a message.</summary>
public abstract class RouterConfig
{
    /// <summary>What the cell of the router runs, given what it routes to.</summary>
    internal abstract Props RouterProps(Props routee);

    /// <summary>The ref of the router, which routes in the sender's thread.</summary>
    internal abstract LocalActorRef NewRef(ActorPath path);
}
