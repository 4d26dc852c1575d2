using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Event;

/// <summary>Writes log events to standard error, which leaves standard output to results.</summary>
internal sealed class ConsoleLogger(ActorPath path) : MinimalActorRef
{
    public override ActorPath Path => path;

    public override IActorRefProvider? Provider => null;

    protected override void TellInternal(object message, IActorRef? sender) => Console.Error.WriteLine(message);
}
