using System.Collections.Immutable;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;
using Xunit.Abstractions;

namespace Sluice.TestKit.Internals;

/// <summary>
/// Listens to a system's events in the publishers' threads: counts for the filters that are in force, and writes log events that no
/// filter takes to the test's output.
/// </summary>
internal sealed class EventTap(ActorPath path) : MinimalActorRef
{
    private ImmutableList<EventCounter> _counters = [];

    public override ActorPath Path => path;

    public override IActorRefProvider? Provider => null;

    public ITestOutputHelper? Output { get; set; }

    /// <summary>The tap of a system, put there when there is none yet.</summary>
    public static EventTap Of(ActorSystem system) => new Id().Get(system).Tap;

    public void Add(EventCounter counter) => ImmutableInterlocked.Update(ref _counters, (all, one) => all.Add(one), counter);

    public void Remove(EventCounter counter) => ImmutableInterlocked.Update(ref _counters, (all, one) => all.Remove(one), counter);

    protected override void TellInternal(object message, IActorRef? sender)
    {
        var isTaken = false;
        foreach (var counter in _counters)
        {
            isTaken |= counter.Count(message);
        }
        if (!isTaken && message is LogEvent log)
        {
            Write(log);
        }
    }

    private void Write(LogEvent log)
    {
        try
        {
            Output?.WriteLine(log.ToString());
        }
        catch (InvalidOperationException)
        {
            // The test that the output belongs to has ended; what its system still says has no reader.
        }
    }

    private sealed class Id : ExtensionIdProvider<Extension>
    {
        public override Extension CreateExtension(ExtendedActorSystem system)
        {
            var tap = new EventTap(system.Provider.RootPath.Child("testEventListener"));
            system.EventStream.Subscribe(tap, typeof(LogEvent));
            system.EventStream.Subscribe(tap, typeof(AllDeadLetters));
            system.EventStream.Subscribe(tap, typeof(UnhandledMessage));
            return new Extension(tap);
        }
    }

    private sealed record Extension(EventTap Tap) : IExtension;
}
