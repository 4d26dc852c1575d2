using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Routing;

/// <summary>
/// Picks the one with the fewest messages, the one in hand counted. Those that are suspended come last, and of those that are not in this
/// process nothing is known, so they come after the others.
/// </summary>
public sealed class SmallestMailboxRoutingLogic : RoutingLogic
{
    private const long Unknown = 1L << 40;
    private const long Suspended = 1L << 41;
    private const long Gone = 1L << 42;

    /// <inheritdoc/>
    public override Routee Select(object message, Routee[] routees)
    {
        var best = Routee.NoRoutee;
        var least = long.MaxValue;
        foreach (var routee in routees)
        {
            var load = LoadOf(routee);
            if (load == 0)
            {
                return routee;
            }
            if (load < least)
            {
                (best, least) = (routee, load);
            }
        }
        return best;
    }

    private static long LoadOf(Routee routee)
    {
        if (routee is not ActorRefRoutee { Actor: LocalActorRef { Cell: var cell } })
        {
            return Unknown;
        }
        var status = cell.Status;
        return cell.Count + (status.IsClaimed ? 1 : 0) + (status.IsSuspended ? Suspended : 0) + (status.IsClosed ? Gone : 0);
    }
}

/// <summary>A pool that routes to the one with the fewest messages.</summary>
public sealed class SmallestMailboxPool(int nrOfInstances, SupervisorStrategy? supervisorStrategy = null) : Pool(nrOfInstances, supervisorStrategy)
{
    /// <inheritdoc/>
    public override Router CreateRouter(ActorSystem system) => new(new SmallestMailboxRoutingLogic());
}

/// <summary>A group that is routed to to the one with the fewest messages.</summary>
public sealed class SmallestMailboxGroup(IEnumerable<string> paths) : Group(paths)
{
    /// <summary>With paths.</summary>
    public SmallestMailboxGroup(params string[] paths)
        : this((IEnumerable<string>)paths)
    {
    }

    /// <inheritdoc/>
    public override Router CreateRouter(ActorSystem system) => new(new SmallestMailboxRoutingLogic());
}
