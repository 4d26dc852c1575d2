using Sluice.Instruments;

namespace Sluice.Kernel.Actor.Cells;

/// <summary>The parts of a cell that an idle actor without children, watchers or timers does not have.</summary>
internal sealed class CellParts
{
    /// <summary>Who watches the actor; <c>null</c> while nobody does.</summary>
    public CompositeInstrument? Instruments { get; set; }

    /// <summary>Picks the messages that are measured; <c>null</c> while nobody wants samples.</summary>
    public MessageSampler? Sampler { get; set; }

    /// <summary>How many messages waited when somebody who counts them was last told.</summary>
    public int SeenWaiting { get; set; }

    /// <summary>Whether the message in hand was unhandled; kept only while somebody watches.</summary>
    public bool SawUnhandled { get; set; }

    public Children? Children { get; private set; }

    public DeathWatch? DeathWatch { get; private set; }

    public Behaviours? Behaviours { get; set; }

    public ReceiveTimeoutTimer? ReceiveTimeout { get; set; }

    public ActorTimers? Timers { get; set; }

    public ActorStash? Stash { get; set; }

    public AsyncTurn? AsyncTurn { get; set; }

    /// <summary>How this instance answers the failures of its children.</summary>
    public SupervisorStrategy? Strategy { get; set; }

    /// <summary>Who brought the actor to the failure that its supervisor has not answered yet: itself, or a child whose failure it escalated.</summary>
    public IActorRef? FailedBy { get; set; }

    /// <summary>The failure itself.</summary>
    public Exception? Fault { get; set; }

    public Children ChildrenOf(ActorCell cell) => Children ??= new Children(cell);

    public DeathWatch DeathWatchOf(ActorCell cell) => DeathWatch ??= new DeathWatch(cell);

    public Behaviours BehavioursOf() => Behaviours ??= new Behaviours();
}
