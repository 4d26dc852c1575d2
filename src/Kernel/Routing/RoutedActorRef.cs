using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Routing;

/// <summary>
/// The ref of a router: routes in the sender's thread, so that a hop through the router's mailbox is saved and the order of each sender's
/// messages kept. Only what is meant for the router itself goes to its mailbox.
/// </summary>
internal sealed class RoutedActorRef(ActorPath path, RouterConfig config, Props routee) : LocalActorRef(path)
{
    // Set at the start, then in the router's turns only; read by every sender.
    private volatile Router? _router;

    public RouterConfig Config => config;

    public Props RouteeProps { get; } = routee.WithRouter(null);

    public Router Router
    {
        get => _router!;
        set => _router = value;
    }

    // The routees are there before anybody has the ref, so that no message has to wait for them.
    protected override Exception? BeforeStart()
    {
        var router = config.CreateRouter(Cell.System);
        try
        {
            _router = router.WithRoutees([.. config.FirstRoutees(this)]);
            return null;
        }
        catch (Exception failure)
        {
            _router = router;
            return failure;
        }
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
        if (message is IAutoReceivedMessage or RouterManagementMessage || IsTerminated)
        {
            base.TellInternal(message, sender);
        }
        else if (!Router.TryRoute(message, sender))
        {
            var deadLetters = Cell.System.DeadLetters;
            var lost = message is RouterEnvelope envelope ? envelope.Message : message;
            deadLetters.Tell(new DeadLetter(lost, sender ?? deadLetters, this, "the router has no routee for it"), sender);
        }
    }
}
