using Sluice.Kernel.Event;

namespace Sluice.Kernel.Actor;

/// <summary>The ref for a path where nobody lives.</summary>
internal sealed class EmptyLocalActorRef(IActorRefProvider provider, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path => path;

    public override IActorRefProvider Provider => provider;

    public override bool IsTerminated => true;

    protected override void TellInternal(object message, IActorRef? sender) => provider.DeadLetters.Tell(
        new DeadLetter(message, sender ?? provider.DeadLetters, this, "nobody lives at this path"), sender);
}
