using Sluice.Hocon;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;
using Sluice.TestKit;

namespace Sluice.Kernel.Tests.Actor;

public sealed class SystemSpecs : KernelSpecs
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_handler_that_never_returns_is_named_and_the_system_ends_in_its_timeout()
    {
        var clock = new TestClock();
        var system = ActorSystem.Create("stuck", BootstrapSetup.Create().WithTimeProvider(clock).WithConfig(
            ConfigurationFactory.ParseString("sluice.kernel { log-to-console = off, shutdown-timeout = 10s }")));
        var errors = Subscribe<Error>();
        system.EventStream.Subscribe(errors.Ref, typeof(Error));
        var gate = new ManualResetEventSlim();
        var busy = new TaskCompletionSource();
        var stuck = system.ActorOf(LambdaActor.Of(me => me.On<string>(_ =>
        {
            busy.SetResult();
            gate.Wait();
        })), "stuck");
        stuck.Tell("never");
        await busy.Task.WaitAsync(Long);

        var end = system.Terminate();
        end.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(10));

        await end.WaitAsync(Long);
        (await errors.Expect<Error>()).Message.ToString()!.ShouldStartWith("sluice://stuck/user/stuck has not come back from handling String");
        await errors.ExpectNothing();
        gate.Set();
    }

    [Fact]
    public async Task Callbacks_run_after_the_end_the_last_registered_first()
    {
        var order = new List<string>();
        await using var system = ActorSystem.Create("other", ConfigurationFactory.ParseString("sluice.kernel.log-to-console = off"));
        system.ActorOf(LambdaActor.Of(me => me.AtStop = () => order.Add("actor")));
        system.RegisterOnTermination(() => order.Add("first"));
        system.RegisterOnTermination(() => throw new InvalidOperationException("ignored but logged"));
        system.RegisterOnTermination(() => order.Add("last"));

        await system.Terminate().WaitAsync(Long);

        order.ShouldBe(["actor", "last", "first"]);
        system.WhenTerminated.IsCompletedSuccessfully.ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => system.RegisterOnTermination(() => { }));
    }

    [Fact]
    public void An_extension_is_made_once()
    {
        var provider = new CountingProvider();

        provider.Apply(Sys).ShouldBeSameAs(provider.Get(Sys));
        Sys.GetExtension<Counting>().ShouldBeSameAs(provider.Get(Sys));
        Sys.HasExtension<Counting>().ShouldBeTrue();
        provider.Made.ShouldBe(1);
    }

    [Fact]
    public void A_setting_that_makes_no_sense_is_refused_with_its_path() =>
        Should.Throw<ConfigurationException>(() => ActorSystem.Create(
            "wrong", ConfigurationFactory.ParseString("sluice.kernel.actor.default-dispatcher.throughput = 0")))
            .Message.ShouldBe("sluice.kernel.actor.default-dispatcher.throughput is 0: give a number of at least 1.");

    [Fact]
    public void The_reference_holds_every_setting() => KernelSettings.From(null).Throughput.ShouldBe(30);

    [Fact]
    public async Task The_guardian_can_be_set_to_stop_what_fails()
    {
        await using var system = ActorSystem.Create("strict", ConfigurationFactory.ParseString(
            "sluice.kernel { log-to-console = off, actor.guardian-supervisor-strategy = stopping }"));
        var actor = system.ActorOf(LambdaActor.Of(me => me.On<string>(_ => throw new InvalidOperationException())));
        var end = actor.WatchAsync();

        actor.Tell("boom");

        (await end.WaitAsync(Long)).ShouldBeTrue();
    }

    private sealed class Counting : IExtension;

    private sealed class CountingProvider : ExtensionIdProvider<Counting>
    {
        public int Made { get; private set; }

        public override Counting CreateExtension(ExtendedActorSystem system)
        {
            Made++;
            return new Counting();
        }
    }
}
