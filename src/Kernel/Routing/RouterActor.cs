using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Routing;

/// <summary>The actor behind the ref of a router: keeps the list of routees.</summary>
internal sealed class RouterActor : UntypedActor
{
    // A sender may just have picked a routee that is removed; the pill comes behind its message.
    private static readonly TimeSpan TimeForLateMessages = TimeSpan.FromMilliseconds(100);

    private RoutedActorRef Ref => (RoutedActorRef)Self;

    protected override void PreStart()
    {
        foreach (var routee in Ref.Router.Routees)
        {
            Watch(routee);
        }
    }

    protected override void PreRestart(Exception reason, object? message)
    {
        // The routees outlive a restart of the router: they are restarted with it.
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case GetRoutees:
                Sender.Tell(new Routees(Ref.Router.Routees));
                break;
            case AddRoutee add:
                Add([add.Routee]);
                break;
            case RemoveRoutee remove:
                Remove([remove.Routee]);
                StopIfEmpty();
                break;
            case AdjustPoolSize { Change: > 0 } grow when Ref.Config is Pool:
                Add(Pool.NewRoutees(Ref, grow.Change));
                break;
            case AdjustPoolSize { Change: <= 0 } shrink when Ref.Config is Pool:
                Remove([.. Ref.Router.Routees.TakeLast(-shrink.Change)]);
                break;
            case Terminated terminated:
                Ref.Router = Ref.Router.RemoveRoutee(terminated.ActorRef);
                StopIfEmpty();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static void Watch(Routee routee)
    {
        if (routee is ActorRefRoutee { Actor: var actor })
        {
            Context.Watch(actor);
        }
    }

    private void Add(IReadOnlyList<Routee> routees)
    {
        foreach (var routee in routees)
        {
            Watch(routee);
        }
        Ref.Router = Ref.Router.WithRoutees([.. Ref.Router.Routees, .. routees]);
    }

    private void Remove(IReadOnlyList<Routee> routees)
    {
        Ref.Router = Ref.Router.WithRoutees([.. Ref.Router.Routees.Except(routees)]);
        foreach (var routee in routees.OfType<ActorRefRoutee>())
        {
            Context.Unwatch(routee.Actor);
            if (Context.Child(routee.Actor.Path.Name).Equals(routee.Actor))
            {
                Context.System.Scheduler.ScheduleTellOnce(TimeForLateMessages, routee.Actor, PoisonPill.Instance, Self);
            }
        }
    }

    private void StopIfEmpty()
    {
        if (Ref.Router.Count == 0 && Ref.Config.StopRouterWhenAllRouteesRemoved)
        {
            Context.Stop(Self);
        }
    }
}
