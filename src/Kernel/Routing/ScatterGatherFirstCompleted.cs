using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Routing;

/// <summary>
/// Asks all and gives the sender the first answer, or a <see cref="Status.Failure"/> with <see cref="AskTimeoutException"/> when none came
/// within the time.
/// </summary>
public sealed class ScatterGatherFirstCompletedRoutingLogic(TimeSpan within) : RoutingLogic
{
    /// <inheritdoc/>
    public override Routee Select(object message, Routee[] routees) =>
        routees.Length == 0 ? Routee.NoRoutee : new ScatterGather(routees, within);

    private sealed class ScatterGather(Routee[] routees, TimeSpan within) : Routee
    {
        // PipeTo reports every end of the ask to the sender, so there is nothing to await here.
        public override void Send(object message, IActorRef? sender) => _ = Ask(message, within).PipeTo(sender ?? ActorRefs.Nobody);

        public override Task<object> Ask(object message, TimeSpan? timeout) =>
            Answers.First([.. routees.Select(routee => routee.Ask(message, timeout))]);
    }
}

/// <summary>A pool that asks all for one answer.</summary>
public sealed class ScatterGatherFirstCompletedPool(int nrOfInstances, TimeSpan within, SupervisorStrategy? supervisorStrategy = null)
    : Pool(nrOfInstances, supervisorStrategy)
{
    /// <inheritdoc/>
    public override Router CreateRouter(ActorSystem system) => new(new ScatterGatherFirstCompletedRoutingLogic(within));
}

/// <summary>A group of which it asks all for one answer.</summary>
public sealed class ScatterGatherFirstCompletedGroup(IEnumerable<string> paths, TimeSpan within) : Group(paths)
{
    /// <inheritdoc/>
    public override Router CreateRouter(ActorSystem system) => new(new ScatterGatherFirstCompletedRoutingLogic(within));
}
