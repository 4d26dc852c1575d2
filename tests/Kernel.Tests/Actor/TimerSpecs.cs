using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Tests.Actor;

public sealed class TimerSpecs : KernelSpecs
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_single_timer_fires_once()
    {
        var inbox = NewInbox();
        await Ready(Start(me =>
        {
            me.AtStart = () => me.Timers.StartSingleTimer("key", "tick", Second);
            me.On<string>(text => inbox.Ref.Tell($"{text} {me.Timers.IsTimerActive("key")}"));
        }));

        Clock.Advance(Second * 10);

        await inbox.Expect("tick False");
        await inbox.ExpectNothing();
    }

    [Fact]
    public async Task A_periodic_timer_keeps_its_rate()
    {
        var inbox = NewInbox();
        await Ready(Start(me =>
        {
            me.AtStart = () => me.Timers.StartPeriodicTimer("key", "tick", Second / 2, Second);
            me.On<string>(text => inbox.Ref.Tell(text));
        }));

        Clock.Advance(Second * 3);

        await inbox.Expect("tick", "tick", "tick");
        await inbox.ExpectNothing();
    }

    [Fact]
    public async Task A_cancelled_timer_never_fires_even_if_its_message_waits()
    {
        var inbox = NewInbox();
        var gate = new ManualResetEventSlim();
        var actor = Start(me =>
        {
            me.AtStart = () => me.Timers.StartSingleTimer("key", "tick", Second);
            me.On<int>(_ =>
            {
                gate.Wait();
                me.Timers.Cancel("key");
            });
            me.OnAny(message => inbox.Ref.Tell(message));
        });
        await Ready(actor);
        actor.Tell(1);

        Clock.Advance(Second);
        gate.Set();
        actor.Tell("after");

        await inbox.Expect("after");
    }

    [Fact]
    public async Task A_key_started_again_replaces_its_timer_even_if_its_message_waits()
    {
        var inbox = NewInbox();
        var gate = new ManualResetEventSlim();
        var replaced = new TaskCompletionSource();
        var actor = Start(me =>
        {
            me.AtStart = () => me.Timers.StartSingleTimer("key", "old", Second);
            me.On<int>(_ =>
            {
                gate.Wait();
                me.Timers.StartSingleTimer("key", "new", Second);
                replaced.SetResult();
            });
            me.OnAny(message => inbox.Ref.Tell(message));
        });
        await Ready(actor);
        actor.Tell(1);
        Clock.Advance(Second);

        gate.Set();
        await replaced.Task;
        Clock.Advance(Second);

        await inbox.Expect("new");
    }

    [Fact]
    public async Task Timers_of_a_former_instance_never_fire()
    {
        var inbox = NewInbox();
        var isFirst = true;
        var actor = Start(me =>
        {
            if (isFirst)
            {
                me.AtStart = () => me.Timers.StartPeriodicTimer("key", "old", Second);
            }
            isFirst = false;
            me.On<int>(_ =>
            {
                Clock.Advance(Second);
                throw new InvalidOperationException();
            });
            me.OnAny(message => inbox.Ref.Tell(message));
        });
        actor.Tell(1);
        await Ready(actor);

        Clock.Advance(Second * 5);
        actor.Tell("after");

        await inbox.Expect("after");
    }

    [Fact]
    public async Task Timers_end_with_their_actor()
    {
        var actor = Start(me => me.AtStart = () => me.Timers.StartPeriodicTimer("key", "tick", Second));
        await Ready(actor);

        await actor.GracefulStop(TimeSpan.FromHours(1));

        // The ask and the stop take their own timeouts back after they have answered.
        await Waiting.Until(() => ((Kernel.Actor.Scheduling.TimerHeapScheduler)Sys.Scheduler).Count == 0);
    }

    [Fact]
    public async Task A_million_timers_fire_in_order_and_cancel_cleanly()
    {
        var scheduler = (Kernel.Actor.Scheduling.TimerHeapScheduler)Sys.Scheduler;
        var random = new Random(1);
        var fired = new List<int>();
        var cancelables = new List<ICancelable>();
        for (var i = 0; i < 1_000_000; i++)
        {
            var due = random.Next(1, 100_000);
            cancelables.Add(scheduler.Advanced.ScheduleOnceCancelable(TimeSpan.FromMilliseconds(due), () => fired.Add(due)));
        }
        foreach (var cancelable in cancelables.Skip(1000))
        {
            cancelable.Cancel();
        }
        scheduler.Count.ShouldBe(1000);

        await Task.Run(() => Clock.Advance(Second * 100));

        fired.Count.ShouldBe(1000);
        fired.ShouldBeInOrder();
    }

    [Fact]
    public async Task The_receive_timeout_comes_when_no_message_came_and_repeats_until_set_to_null()
    {
        var inbox = NewInbox();
        var actor = Start(me =>
        {
            LambdaActor.Context.SetReceiveTimeout(Second);
            me.On<int>(_ => LambdaActor.Context.SetReceiveTimeout(null));
            me.OnAny(message => inbox.Ref.Tell(message));
        });
        await Ready(actor);

        Clock.Advance(Second);
        await inbox.Expect<ReceiveTimeout>();
        await Ready(actor);
        Clock.Advance(Second);
        await inbox.Expect<ReceiveTimeout>();
        actor.Tell(1);
        await Ready(actor);
        Clock.Advance(Second * 5);

        await inbox.ExpectNothing();
    }

    [Fact]
    public async Task A_message_sets_the_receive_timeout_again_unless_it_is_marked()
    {
        var inbox = NewInbox();
        var actor = Start(me =>
        {
            LambdaActor.Context.SetReceiveTimeout(Second);
            me.On<int>(_ => me.Sender.Tell("handled"));
            me.On<ReceiveTimeout>(message => inbox.Ref.Tell(message));
        });
        await Ready(actor);

        Clock.Advance(Second * 0.7);
        await actor.Ask<string>(1, TimeSpan.FromSeconds(30));
        await Ready(actor);
        Clock.Advance(Second * 0.7);
        await inbox.ExpectNothing();
        await Ready(actor);
        Clock.Advance(Second * 0.7);

        await inbox.Expect<ReceiveTimeout>();
    }

    [Fact]
    public async Task The_receive_timeout_outlives_a_restart()
    {
        var inbox = NewInbox();
        var isFirst = true;
        var actor = Start(me =>
        {
            if (isFirst)
            {
                LambdaActor.Context.SetReceiveTimeout(Second);
            }
            isFirst = false;
            me.On<int>(_ => throw new InvalidOperationException());
            me.On<ReceiveTimeout>(message => inbox.Ref.Tell(message));
        });
        actor.Tell(1);
        await Ready(actor);

        Clock.Advance(Second);

        await inbox.Expect<ReceiveTimeout>();
    }

    [Fact]
    public async Task What_is_scheduled_is_told_until_it_is_cancelled()
    {
        var inbox = NewInbox();
        var cancelable = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(Second, Second * 2, inbox.Ref, "tick", ActorRefs.NoSender);
        var shared = new Cancelable(Sys.Scheduler);
        Sys.Scheduler.ScheduleTellOnce(Second * 6, inbox.Ref, "never", ActorRefs.NoSender, shared);

        Clock.Advance(Second * 3);
        cancelable.Cancel();
        shared.Cancel();
        Clock.Advance(Second * 10);

        await inbox.Expect("tick", "tick");
        await inbox.ExpectNothing();
    }

    // The constructor and PreStart have run.
    private static async Task Ready(IActorRef actor) =>
        await actor.Ask<ActorIdentity>(new Identify(1), TimeSpan.FromHours(1)).WaitAsync(TimeSpan.FromSeconds(30));
}
