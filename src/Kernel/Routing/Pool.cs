using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Routing;

/// <summary>
/// A router whose routees are its own children. A failure of one is escalated to the router's parent unless another strategy is given;
/// when the router is restarted, so are its routees.
/// </summary>
public abstract class Pool : RouterConfig
{
    /// <summary>Escalates every failure.</summary>
    public static readonly SupervisorStrategy DefaultSupervisorStrategy = new OneForOneStrategy(_ => Directive.Escalate);

    private protected Pool(int nrOfInstances, SupervisorStrategy? supervisorStrategy)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nrOfInstances);
        NrOfInstances = nrOfInstances;
        SupervisorStrategy = supervisorStrategy ?? DefaultSupervisorStrategy;
    }

    /// <summary>How many routees there are at the start.</summary>
    public int NrOfInstances { get; }

    /// <summary>How failures of routees are answered.</summary>
    public SupervisorStrategy SupervisorStrategy { get; private set; }

    /// <summary>The same with another answer to failures.</summary>
    public Pool WithSupervisorStrategy(SupervisorStrategy strategy) => (Pool)With(copy => ((Pool)copy).SupervisorStrategy = strategy);

    /// <summary>The same with a dispatcher for the router itself.</summary>
    public Pool WithDispatcher(string dispatcher) => (Pool)WithRouterDispatcher(dispatcher);

    /// <summary>The recipe for the router of such routees.</summary>
    public Props Props(Props routeeProps) => routeeProps.WithRouter(this);

    internal override Props RouterProps() => base.RouterProps().WithSupervisorStrategy(SupervisorStrategy);

    internal override IReadOnlyList<Routee> FirstRoutees(RoutedActorRef router) => NewRoutees(router, NrOfInstances);

    internal static IReadOnlyList<Routee> NewRoutees(RoutedActorRef router, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new ActorRefRoutee(router.Cell.ActorOf(router.RouteeProps)))];
}
