using Sluice.Kernel.Actor.Cells;
using Sluice.Kernel.Dispatch.SysMsg;
using Sluice.Kernel.Routing;

namespace Sluice.Kernel.Actor;

/// <summary>The ref of an actor in this process.</summary>
internal class LocalActorRef : InternalActorRefBase
{
    private ActorCell? _cell;

    protected LocalActorRef(ActorPath path) => Path = path;

    public override ActorPath Path { get; }

    public ActorCell Cell => _cell!;

    public override IActorRefProvider? Provider => Cell.System.Provider;

    public override IInternalActorRef Parent => Cell.Parent;

    public override bool IsLocal => true;

    public override bool IsTerminated => Cell.IsTerminated;

    /// <summary>Makes a ref with its cell; the actor begins its life with <see cref="Start"/>.</summary>
    /// <exception cref="ConfigurationException">The mailbox or dispatcher that the props name is not in the settings.</exception>
    public static LocalActorRef Create(ActorSystemImpl system, Props props, IInternalActorRef parent, ActorPath path)
    {
        var self = props.RouterConfig is { } router ? new RoutedActorRef(path, router, props) : new LocalActorRef(path);
        var runs = props.RouterConfig?.RouterProps() ?? props;
        self._cell = new ActorCell(
            self, runs, parent, system.Dispatchers.Lookup(runs.Dispatcher), system.Mailboxes.NewQueue(runs.Mailbox));
        return self;
    }

    public void Start() => Cell.PostSystem(new Create(BeforeStart()));

    public override IActorRef GetChild(string name) => Cell.Child(name);

    public override IReadOnlyCollection<IActorRef> GetChildren() => [.. Cell.GetChildren()];

    public override void SendSystemMessage(ISystemMessage message) => Cell.PostSystem((SystemMessage)message);

    public override bool Equals(IActorRef? other) => ReferenceEquals(this, other) || (other is not LocalActorRef && base.Equals(other));

    /// <summary>What has to be there ahead of the first turn; gives the failure with which the actor then begins.</summary>
    protected virtual Exception? BeforeStart() => null;

    protected override void TellInternal(object message, IActorRef? sender) => Cell.Post(message, sender);
}
