namespace Sluice.Kernel.Actor.Cells;

/// <summary>The parent of a system's actors: supervises, and takes no messages.</summary>
internal sealed class Guardian : UntypedActor
{
    protected override void OnReceive(object message) => Unhandled(message);

    protected override void PreRestart(Exception reason, object? message)
    {
        // The actors below are not the guardian's to stop: an escalated failure restarts them with it.
    }
}

/// <summary>The actor above the guardians: ends them in order, users' actors first.</summary>
internal sealed class RootGuardian : UntypedActor
{
    private Guard? _guard;

    protected override SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.StoppingStrategy;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Guard guard:
                _guard = guard;
                Context.Watch(guard.User);
                Context.Watch(guard.Own);
                break;
            case Terminated terminated when terminated.ActorRef.Equals(_guard?.User):
                Context.Stop(_guard.Own);
                break;
            case Terminated:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    internal sealed record Guard(IActorRef User, IActorRef Own);
}
