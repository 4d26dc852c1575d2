using Sluice.Hocon;
using Sluice.Kernel.Actor;
using Sluice.TestKit.Internals;
using Xunit;
using Xunit.Abstractions;

namespace Sluice.TestKit;

/// <summary>
/// The base of xunit's test classes: a system per test, ended after it, with what is logged in the test's output. Outside of actors,
/// <c>Tell</c> has <see cref="TestReceiver.TestActor"/> as the sender, so that answers can be expected.
/// </summary>
public class TestKit : TestKitBase, IAsyncLifetime
{
    private const string Defaults = "sluice.kernel.log-to-console = off";
    private readonly bool _ownsSystem;

    /// <summary>With settings in HOCON; the kit's and the kernel's defaults fill what they leave open.</summary>
    public TestKit(string? config = null, ITestOutputHelper? output = null)
        : this(ConfigurationFactory.ParseString(config ?? ""), null, output)
    {
    }

    /// <summary>With settings.</summary>
    public TestKit(Config? config, string? actorSystemName = null, ITestOutputHelper? output = null)
        : this(NewSystem(actorSystemName ?? "test", BootstrapSetup.Create().WithConfig(config)), output, ownsSystem: true)
    {
    }

    /// <summary>With a clock or a scheduler of one's own.</summary>
    public TestKit(BootstrapSetup setup, string? actorSystemName = null, ITestOutputHelper? output = null)
        : this(NewSystem(actorSystemName ?? "test", setup), output, ownsSystem: true)
    {
    }

    /// <summary>With a system that is made elsewhere, and ended elsewhere.</summary>
    public TestKit(ActorSystem system, ITestOutputHelper? output = null)
        : this(system, output, ownsSystem: false)
    {
    }

    private TestKit(ActorSystem system, ITestOutputHelper? output, bool ownsSystem)
        : base(system, null)
    {
        _ownsSystem = ownsSystem;
        EventTap.Of(system).Output = output;
        AmbientSender.Current = TestActor;
    }

    /// <summary>The scheduler that the test advances.</summary>
    /// <exception cref="InvalidOperationException">The system runs by the real clock.</exception>
    public TestScheduler Scheduler => Sys.Scheduler as TestScheduler ?? throw new InvalidOperationException(
        $"The system runs by the real clock: give the test kit the setting '{TestKitSettings.Root}.virtual-time = on'.");

    /// <summary>Makes a system as the kit does, with the same defaults and virtual time if the settings say so.</summary>
    public static ActorSystem NewSystem(string name, BootstrapSetup setup)
    {
        var config = (setup.Config ?? ConfigurationFactory.Empty)
            .WithFallback(ConfigurationFactory.ParseString(Defaults)).WithFallback(TestKitSettings.Reference);
        setup = setup.WithConfig(config);
        if (TestKitSettings.From(config).VirtualTime)
        {
            var clock = new TestClock();
            setup = setup.WithTimeProvider(clock).WithScheduler(_ => new TestScheduler(clock));
        }
        return ActorSystem.Create(name, setup);
    }

    /// <summary>Called by xunit ahead of the test.</summary>
    public virtual Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Called by xunit after the test: <see cref="AfterAll"/>, then the end of the system.</summary>
    /// <exception cref="ExpectationException">The system has not ended in time; the log says which actor is stuck.</exception>
    public virtual async Task DisposeAsync()
    {
        AfterAll();
        if (_ownsSystem)
        {
            await ShutdownAsync(Sys).ConfigureAwait(false);
        }
    }

    /// <summary>Called after the test, ahead of the end of its system.</summary>
    protected virtual void AfterAll()
    {
    }

    /// <summary>Ends a system and waits for it.</summary>
    protected void Shutdown(ActorSystem? system = null, TimeSpan? duration = null) =>
        Blocking.Wait(new ValueTask(ShutdownAsync(system ?? Sys, duration)));

    /// <summary>Ends a system and waits for it.</summary>
    /// <exception cref="ExpectationException">It has not ended in time.</exception>
    protected async Task ShutdownAsync(ActorSystem system, TimeSpan? duration = null)
    {
        var limit = Dilated(duration ?? TestKitSettings.ShutdownTimeout);
        try
        {
            await system.Terminate().WaitAsync(limit, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new ExpectationException($"The system {system.Name} has not ended within {limit}: one of its actors does not return.");
        }
    }
}
