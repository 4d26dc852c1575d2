using Sluice.Instruments;
using Sluice.Instruments.Events;
using Sluice.Instruments.Queues;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Tests.Actor;

/// <summary>The hooks of spec/instruments.md that mailboxes and actors fire.</summary>
public sealed class MailboxHookSpecs() : KernelSpecs("sluice.kernel.mailbox.small { mailbox-type = bounded, mailbox-capacity = 2, overflow = drop-oldest }")
{
    [Fact]
    public async Task Instruments_1_OnQueuePut_and_OnQueueGet_tell_how_long_a_message_waited_in_its_mailbox()
    {
        var seen = new Waits();
        using var scope = seen.Enter();
        using var gate = new SemaphoreSlim(0);
        var actor = Start(me => me.OnAsync<int>(_ => gate.WaitAsync()), "busy");

        actor.Tell(1);
        await Waiting.Until(() => seen.Gets.Count == 1);
        actor.Tell(2);
        var lain = System.Diagnostics.Stopwatch.StartNew();
        await Waiting.Until(() => lain.Elapsed > TimeSpan.FromMilliseconds(20));
        gate.Release(2);
        await Waiting.Until(() => seen.Gets.Count == 2);

        seen.Puts.ShouldBe([1, 2]);
        seen.Gets.Select(get => get.Item).ShouldBe([1, 2]);
        seen.Gets[1].Waited.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public async Task Instruments_1_OnQueueGet_comes_for_messages_that_leave_a_mailbox_unhandled_too()
    {
        var seen = new Waits();
        var lost = Subscribe<DeadLetter>();
        using var scope = seen.Enter();
        using var gate = new SemaphoreSlim(0);
        var actor = Sys.ActorOf(LambdaActor.Of(me => me.OnAsync<int>(_ => gate.WaitAsync())).WithMailbox("sluice.kernel.mailbox.small"), "small");

        actor.Tell(1);
        await Waiting.Until(() => seen.Gets.Count == 1);
        actor.Tell(2);
        actor.Tell(3);
        actor.Tell(4);
        ((DeadLetter)(await lost.Next())!).Message.ShouldBe(2);
        gate.Release(3);
        await Waiting.Until(() => seen.Gets.Count == 4);

        seen.Puts.Count.ShouldBe(4);
        seen.Gets.Select(get => get.Item).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task Instruments_1_OnQueuePut_comes_again_for_what_is_unstashed()
    {
        var seen = new Waits();
        using var scope = seen.Enter();
        var actor = Start(me => me.StashUntilText(), "stashing");

        actor.Tell(1);
        actor.Tell("go");
        await Waiting.Until(() => seen.Gets.Count == 3);

        seen.Puts.ShouldBe([1, "go", 1]);
        seen.Gets.Select(get => get.Item).ShouldBe([1, "go", 1]);
    }

    [Fact]
    public async Task Instruments_2_1_what_a_watched_actor_starts_in_its_turn_is_watched_also_after_an_await()
    {
        var seen = new Waits();
        IActorRef actor;
        using (seen.Enter())
        {
            actor = Start(
                me => me.OnAsync<int>(async number =>
                {
                    new AsyncQueue<string>(name: "before").TryPut("before");
                    await Task.Yield();
                    await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                    new AsyncQueue<string>(name: "after").TryPut("after");
                }),
                "maker");
            actor.Tell(1);
            await Waiting.Until(() => seen.Puts.Count == 3);
        }

        seen.Puts.ShouldBe([1, "before", "after"]);
    }

    [Fact]
    public async Task Instruments_4_1_an_instrument_may_join_a_running_system_and_choose_its_actors()
    {
        var parent = Start(
            me =>
            {
                me.On<string>(name => LambdaActor.Context.ActorOf(LambdaActor.Of(child => child.OnAny(_ => { })), name));
                me.On<int>(number => LambdaActor.Context.Child("chosen").Tell(number));
            },
            "parent");
        var seen = new Waits();
        var joined = ((IWatchable)Sys).Watch(seen, thing => thing.Name.EndsWith("/chosen", StringComparison.Ordinal));

        parent.Tell("chosen");
        parent.Tell("other");
        parent.Tell(1);
        await Waiting.Until(() => seen.Gets.Count == 1);
        joined.Dispose();
        parent.Tell(2);
        await parent.Ask<ActorIdentity>(new Identify(1), TimeSpan.FromHours(1));

        seen.Puts.ShouldBe([1]);
    }

    [Fact]
    public async Task Instruments_4_1_an_instrument_that_joins_watches_what_is_there_already()
    {
        var there = Start(me => me.OnAny(_ => { }), "there");
        await there.Ask<ActorIdentity>(new Identify(1), TimeSpan.FromHours(1));
        var seen = new Waits();
        using var joined = ((IWatchable)Sys).Watch(seen, thing => thing.Name.EndsWith("/there", StringComparison.Ordinal));

        await there.Ask<ActorIdentity>(new Identify(2), TimeSpan.FromHours(1));
        there.Tell("seen");
        await Waiting.Until(() => seen.Gets.Any(get => get.Item is "seen"));
    }

    private sealed class Waits : EventLoopInstrument
    {
        private readonly Lock _gate = new();
        private readonly List<object?> _puts = [];
        private readonly List<(object? Item, TimeSpan Waited)> _gets = [];

        public override bool NeedsTiming => true;

        public List<object?> Puts
        {
            get
            {
                lock (_gate)
                {
                    return [.. _puts];
                }
            }
        }

        public List<(object? Item, TimeSpan Waited)> Gets
        {
            get
            {
                lock (_gate)
                {
                    return [.. _gets];
                }
            }
        }

        public override void OnQueuePut(in QueueEvent put)
        {
            lock (_gate)
            {
                _puts.Add(put.Item.Value);
            }
        }

        public override void OnQueueGet(in QueueEvent get)
        {
            lock (_gate)
            {
                _gets.Add((get.Item.Value, get.Waited));
            }
        }
    }
}
