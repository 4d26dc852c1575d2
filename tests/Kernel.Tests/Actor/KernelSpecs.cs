using Sluice.Hocon;
using Sluice.Kernel.Actor;
using Sluice.TestKit;

namespace Sluice.Kernel.Tests.Actor;

/// <summary>A system per test and the means to look into it.</summary>
public abstract class KernelSpecs : IAsyncLifetime
{
    private const string Quiet = "sluice.kernel { log-to-console = off, shutdown-timeout = 30s }";

    protected KernelSpecs(string settings = "") =>
        Sys = ActorSystem.Create("test", BootstrapSetup.Create().WithTimeProvider(Clock).WithConfig(
            ConfigurationFactory.ParseString(settings).WithFallback(ConfigurationFactory.ParseString(Quiet))));

    protected TestClock Clock { get; } = new();

    protected ActorSystem Sys { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Sys.Terminate().WaitAsync(TimeSpan.FromSeconds(30));

    protected Inbox NewInbox(string? name = null)
    {
        var inbox = new Inbox();
        inbox.Ref = Sys.ActorOf(Props.Create(() => new Inbox.Keeper(inbox)), name);
        return inbox;
    }

    protected IActorRef Start(Action<LambdaActor> setUp, string? name = null) =>
        Sys.ActorOf(LambdaActor.Of(setUp), name);

    protected Inbox Subscribe<T>()
    {
        var inbox = NewInbox();
        Sys.EventStream.Subscribe(inbox.Ref, typeof(T));
        return inbox;
    }
}
