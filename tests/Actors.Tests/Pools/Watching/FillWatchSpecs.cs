using Sluice.Actors.Pools.Watching;
using Sluice.Kernel.Actor;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Tests.Pools.Watching;

/// <summary>That a journal will be full is said before it refuses, once (row 21 of the list of complaints). The test plays the pool, by virtual time.</summary>
public sealed class FillWatchSpecs : Sluice.TestKit.TestKit
{
    private static readonly TimeSpan WarnBefore = TimeSpan.FromMinutes(10);
    private readonly IActorRef _watch;

    public FillWatchSpecs()
        : base("sluice.test.virtual-time = on")
    {
        var (trend, pool) = (new FillTrend("test", Scheduler.Clock), TestActor);
        Sys.EventStream.Subscribe(TestActor, typeof(JournalFillsUp));
        _watch = Sys.ActorOf(Props.Create(() => new FillWatch(WarnBefore, trend, pool)));

        // Once it answers it has started its timer, which follows the virtual time.
        _watch.Tell(new Identify("started"));
        ExpectMsg<ActorIdentity>();
    }

    [Fact]
    public void An_alarm_is_raised_once_and_again_only_after_the_danger_had_passed()
    {
        Look(fullIn: null);
        Look(fullIn: TimeSpan.FromMinutes(11));
        Look(fullIn: TimeSpan.FromMinutes(9));
        ExpectMsg(new JournalFillsUp("test", TimeSpan.FromMinutes(9)));
        Look(fullIn: TimeSpan.FromMinutes(11));
        Look(fullIn: TimeSpan.FromMinutes(8));
        Look(fullIn: TimeSpan.FromMinutes(21));
        Look(fullIn: TimeSpan.Zero);

        ExpectMsg(new JournalFillsUp("test", TimeSpan.Zero));
    }

    /// <summary>An answer is handled before the next question is asked: whatever was published meanwhile would come first.</summary>
    private void Look(TimeSpan? fullIn)
    {
        Scheduler.Advance(TimeSpan.FromSeconds(30));
        ExpectMsg<GetStatus>();
        _watch.Tell(new PoolStatus("test", 0, 0, 0, UseMemory: false, Draining: false, []) { JournalFullIn = fullIn });
    }
}
