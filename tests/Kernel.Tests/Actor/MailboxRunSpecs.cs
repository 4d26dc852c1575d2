using Sluice.Instruments;
using Sluice.Instruments.Events;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Tests.Actor;

/// <summary>The hook for those who count messages and do not want to be called for each.</summary>
public sealed class MailboxRunSpecs() : KernelSpecs("sluice.kernel.mailbox.small { mailbox-type = bounded, mailbox-capacity = 2, overflow = drop-oldest }")
{
    private const int Senders = 4;
    private const int Each = 5_000;

    [Fact]
    public async Task Instruments_1_OnMailboxRun_counts_exactly_the_messages_that_came_and_went()
    {
        var seen = new Runs();
        using var scope = seen.Enter();
        var actor = Start(me => me.OnAny(_ => { }), "busy");

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                actor.Tell(i);
            }
        })));
        await Waiting.Until(() => seen.Taken == Senders * Each);

        seen.Put.ShouldBe(Senders * Each);
        seen.All.ShouldAllBe(run => run.Put >= 0 && run.Taken >= 0 && run.Waiting >= 0);
        seen.All[^1].Waiting.ShouldBe(0);
        seen.All.Count.ShouldBeLessThan(Senders * Each);
    }

    [Fact]
    public async Task Instruments_1_OnMailboxRun_counts_what_finds_no_room_and_what_is_lost_at_the_end()
    {
        var seen = new Runs();
        var lost = Subscribe<DeadLetter>();
        using var scope = seen.Enter();
        using var gate = new SemaphoreSlim(0);
        var actor = Sys.ActorOf(LambdaActor.Of(me => me.OnAsync<int>(_ => gate.WaitAsync())).WithMailbox("sluice.kernel.mailbox.small"), "small");

        actor.Tell(1);
        await Waiting.Until(() => seen.Taken == 1);
        actor.Tell(2);
        actor.Tell(3);
        actor.Tell(4);
        ((DeadLetter)(await lost.Next())!).Message.ShouldBe(2);
        Sys.Stop(actor);
        await Waiting.Until(() => seen.Ended == 1);

        seen.Put.ShouldBe(4);
        seen.Taken.ShouldBe(4);
    }

    [Fact]
    public async Task Instruments_1_OnMailboxRun_counts_what_is_unstashed_again()
    {
        var seen = new Runs();
        using var scope = seen.Enter();
        var actor = Start(me => me.StashUntilText(), "stashing");

        actor.Tell(1);
        actor.Tell("go");
        await Waiting.Until(() => seen.Taken == 3);

        seen.Put.ShouldBe(3);
    }

    [Fact]
    public async Task Instruments_1_OnMailboxRun_leaves_out_what_waited_before_the_instrument_joined()
    {
        var seen = new Runs();
        using var gate = new SemaphoreSlim(0);
        var actor = Start(me => me.OnAsync<int>(_ => gate.WaitAsync()), "there");
        actor.Tell(1);
        actor.Tell(2);
        using var joined = ((IWatchable)Sys).Watch(seen, thing => thing.Name.EndsWith("/there", StringComparison.Ordinal));
        gate.Release(2);
        await actor.Ask<ActorIdentity>(new Identify(1), TimeSpan.FromHours(1));

        actor.Tell(new object());
        await Waiting.Until(() => seen.All.Count > 0 && seen.All[^1].Waiting == 0);
        await actor.Ask<ActorIdentity>(new Identify(2), TimeSpan.FromHours(1));

        // The two that were there, and the questions, may have been taken before or after it joined; none counts as put that was there.
        seen.Put.ShouldBeLessThanOrEqualTo(3);
    }

    private sealed class Runs : EventLoopInstrument
    {
        private readonly Lock _gate = new();
        private readonly List<MailboxRun> _runs = [];
        private int _ended;

        public int Ended => Volatile.Read(ref _ended);

        public List<MailboxRun> All
        {
            get
            {
                lock (_gate)
                {
                    return [.. _runs];
                }
            }
        }

        public int Put => All.Sum(run => run.Put);

        public int Taken => All.Sum(run => run.Taken);

        public override void OnMailboxRun(in MailboxRun run)
        {
            lock (_gate)
            {
                _runs.Add(run);
            }
        }

        public override void OnTaskCompleted(in TaskEnded ended) => Interlocked.Increment(ref _ended);
    }
}
