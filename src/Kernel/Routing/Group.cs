using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Routing;

/// <summary>A router whose routees are made elsewhere and found by their paths; they are not watched, and may come and go.</summary>
public abstract class Group : RouterConfig
{
    private readonly string[] _paths;

    private protected Group(IEnumerable<string> paths) => _paths = [.. paths];

    /// <summary>The paths of the routees.</summary>
    public IEnumerable<string> GetPaths(ActorSystem system) => _paths;

    /// <summary>The same with a dispatcher for the router itself.</summary>
    public Group WithDispatcher(string dispatcher) => (Group)WithRouterDispatcher(dispatcher);

    /// <summary>The recipe for the router.</summary>
    public Props Props() => Actor.Props.Empty.WithRouter(this);

    internal override IReadOnlyList<Routee> FirstRoutees(RoutedActorRef router) =>
        [.. _paths.Select(path => new ActorSelectionRoutee(router.Cell.System.ActorSelection(path)))];
}
