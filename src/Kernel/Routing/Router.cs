using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Routing;

/// <summary>Routees and how one is picked; immutable.</summary>
public sealed class Router
{
    private readonly Routee[] _routees;

    /// <summary>With routees.</summary>
    public Router(RoutingLogic logic, params Routee[] routees)
    {
        RoutingLogic = logic;
        _routees = routees;
    }

    /// <summary>With actors.</summary>
    public Router(RoutingLogic logic, IActorRef routee, params IActorRef[] routees)
        : this(logic, [Routee.FromActorRef(routee), .. routees.Select(Routee.FromActorRef)])
    {
    }

    /// <summary>How one is picked.</summary>
    public RoutingLogic RoutingLogic { get; }

    /// <summary>All of them.</summary>
    public IEnumerable<Routee> Routees => _routees;

    /// <summary>
    /// Sends a message to whom the logic picks, or to all when it is a <see cref="Broadcast"/>. Envelopes of the router are taken off.
    /// </summary>
    public void Route(object message, IActorRef? sender) => TryRoute(message, sender);

    /// <summary>The same with one more.</summary>
    public Router AddRoutee(Routee routee) => new(RoutingLogic, [.. _routees, routee]);

    /// <summary>The same with one more.</summary>
    public Router AddRoutee(IActorRef routee) => AddRoutee(Routee.FromActorRef(routee));

    /// <summary>The same without one.</summary>
    public Router RemoveRoutee(Routee routee) => new(RoutingLogic, [.. _routees.Where(other => !other.Equals(routee))]);

    /// <summary>The same without one.</summary>
    public Router RemoveRoutee(IActorRef routee) => RemoveRoutee(Routee.FromActorRef(routee));

    /// <summary>The same with others.</summary>
    public Router WithRoutees(params Routee[] routees) => new(RoutingLogic, routees);

    internal int Count => _routees.Length;

    /// <summary>False when nobody was picked and nothing was sent.</summary>
    internal bool TryRoute(object message, IActorRef? sender)
    {
        if (message is Broadcast broadcast)
        {
            foreach (var one in _routees)
            {
                one.Send(broadcast.Message, sender);
            }
            return _routees.Length > 0;
        }
        var routee = _routees.Length == 0 ? Routee.NoRoutee : RoutingLogic.Select(message, _routees);
        routee.Send(message is RouterEnvelope envelope ? envelope.Message : message, sender);
        return routee != Routee.NoRoutee;
    }
}
