using Sluice.Kernel.Actor;
using Sluice.Kernel.Tests.Actor;

namespace Sluice.Kernel.Tests.TestKit;

/// <summary>The base of specifications that are written with the test kit.</summary>
public abstract class KitSpecs(string settings = "") : Sluice.TestKit.TestKit(settings)
{
    protected const string VirtualTime = "sluice.test.virtual-time = on";

    protected static TimeSpan Second { get; } = TimeSpan.FromSeconds(1);

    protected IActorRef Start(Action<LambdaActor> setUp, string? name = null) => Sys.ActorOf(LambdaActor.Of(setUp), name);

    /// <summary>An actor that answers with what it gets.</summary>
    protected IActorRef StartEcho() => Start(me => me.OnAny(message => me.Sender.Tell(message)));
}
