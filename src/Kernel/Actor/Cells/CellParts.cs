namespace Sluice.Kernel.Actor.Cells;

/// <summary>The parts of a cell that an idle actor without children, watchers or timers does not have.</summary>
internal sealed class CellParts
{
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

    public Children ChildrenOf(ActorCell cell) => Children ??= new Children(cell);

    public DeathWatch DeathWatchOf(ActorCell cell) => DeathWatch ??= new DeathWatch(cell);

    public Behaviours BehavioursOf() => Behaviours ??= new Behaviours();
}
