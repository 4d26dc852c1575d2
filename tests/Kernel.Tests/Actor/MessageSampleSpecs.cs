using System.Collections.Concurrent;
using Sluice.Instruments;
using Sluice.Instruments.Events;
using Sluice.Instruments.Queues;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Actor.Cells;

namespace Sluice.Kernel.Tests.Actor;

/// <summary>The hook for those who want to know how long messages take without being called for each.</summary>
public sealed class MessageSampleSpecs() : KernelSpecs("")
{
    [Fact]
    public async Task Instruments_1_OnMessageSample_measures_every_message_of_an_actor_that_is_not_busy()
    {
        var seen = new Samples();
        using var scope = seen.Enter();
        var actor = Start(me => me.OnAny(_ => { }), "quiet");

        for (var i = 0; i < 20; i++)
        {
            actor.Tell(i);
        }
        await Waiting.Until(() => seen.All.Count == 20);

        seen.All.Select(sample => sample.Message).ShouldBe(Enumerable.Range(0, 20).Cast<object>());
        seen.All.ShouldAllBe(sample => sample.OneIn == 1 && sample.Next == TaskNext.Waits && sample.Waited >= TimeSpan.Zero && sample.Elapsed >= TimeSpan.Zero);
        seen.All.ShouldAllBe(sample => sample.Actor.Name == actor.Path.ToString());
    }

    [Fact]
    public async Task Instruments_1_OnMessageSample_measures_some_of_a_busy_actors_messages_and_says_for_how_many_each_stands()
    {
        var seen = new Samples();
        using var scope = seen.Enter();
        var actor = Start(me => me.OnAny(_ => { }), "busy");

        var told = 0;
        while (!seen.All.Any(sample => sample.OneIn > 1))
        {
            told.ShouldBeLessThan(1_000_000);
            for (var i = 0; i < 1_000; i++)
            {
                actor.Tell(told++);
            }
            await Waiting.Until(() => seen.Taken == told);
        }

        seen.All.ShouldAllBe(sample => System.Numerics.BitOperations.IsPow2(sample.OneIn));
        seen.All.Select(sample => (int)sample.Message).ShouldBeInOrder();
    }

    [Fact]
    public async Task An_instrument_that_samples_actors_is_called_for_queues_but_not_for_each_message()
    {
        var seen = new Samples();
        using var scope = seen.Enter();
        var actor = Start(me => me.OnAny(_ => { }), "sampled");

        actor.Tell("a message");
        await Waiting.Until(() => seen.All.Count == 1);
        new AsyncQueue<string>().TryPut("an item");

        seen.Put.ShouldBe(["an item"]);
    }

    [Fact]
    public async Task A_message_that_was_picked_before_the_scope_ended_reaches_its_actor_as_it_was_told()
    {
        var handled = new ConcurrentQueue<object>();
        var scope = new Samples().Enter();
        using var gate = new SemaphoreSlim(0);
        var actor = Start(
            me =>
            {
                me.OnAsync<int>(_ => gate.WaitAsync());
                me.OnAny(handled.Enqueue);
            },
            "late");

        actor.Tell(1);
        actor.Tell("picked");
        scope.Dispose();
        gate.Release();

        await Waiting.Until(() => handled.Count == 1);
        handled.ShouldBe(["picked"]);
    }

    [Fact]
    public async Task Instruments_2_1_An_actor_whose_watchers_have_left_is_as_one_that_was_never_watched()
    {
        var scope = new Turns().Enter();
        var actor = Start(me => me.OnAny(_ => { }), "left");
        var cell = ((LocalActorRef)actor).Cell;
        cell.Status.IsWatched.ShouldBeTrue();

        scope.Dispose();
        actor.Tell("another turn");

        await Waiting.Until(() => !cell.Status.IsWatched);
        cell.PartsIfAny?.Instruments.ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(512, 1)]
    [InlineData(513, 2)]
    [InlineData(1025, 4)]
    [InlineData(long.MaxValue / 256, 16384)]
    public void So_many_are_picked_that_some_four_thousand_a_second_are_measured(long perWindow, int oneIn) => MessageSampler.OneIn(perWindow).ShouldBe(oneIn);

    private sealed class Turns : EventLoopInstrument
    {
        public override void OnTaskBeforeSend(in TaskTurn turn)
        {
        }
    }

    private sealed class Samples : EventLoopInstrument
    {
        private readonly ConcurrentQueue<MessageSample> _all = [];
        private readonly ConcurrentQueue<object?> _put = [];
        private long _taken;

        public ConcurrentQueue<MessageSample> All => _all;

        public ConcurrentQueue<object?> Put => _put;

        public long Taken => Interlocked.Read(ref _taken);

        public override bool SamplesActors => true;

        public override void OnQueuePut(in QueueEvent put) => _put.Enqueue(put.Item.Value);

        public override void OnMailboxRun(in MailboxRun run) => Interlocked.Add(ref _taken, run.Taken);

        public override void OnMessageSample(in MessageSample sample) => _all.Enqueue(sample);
    }
}
