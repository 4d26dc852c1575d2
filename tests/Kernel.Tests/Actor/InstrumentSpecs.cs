using System.Collections.Concurrent;
using System.Diagnostics;
using Sluice.Instruments;
using Sluice.Instruments.Events;
using Sluice.Instruments.Tracing;
using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Tests.Actor;

public sealed class InstrumentSpecs : KernelSpecs
{
    [Fact]
    public async Task Instruments_2_1_an_actor_started_in_a_scope_is_watched_with_its_children()
    {
        var seen = new Recorder();
        IActorRef actor;
        using (seen.Enter())
        {
            actor = Start(
                me => me.On<string>(_ => LambdaActor.Context.ActorOf(LambdaActor.Of(child => child.On<int>(_ => { })), "child").Tell(1)), "parent");
            actor.Tell("create");
            await Waiting.Until(() => seen.Has("after child 1 Waits") && seen.Has("after parent create Waits"));
        }

        seen.Has("put parent create").ShouldBeTrue();
        seen.Has("get parent create").ShouldBeTrue();
        seen.Has("before parent create").ShouldBeTrue();
    }

    [Fact]
    public async Task An_actor_started_outside_is_not_watched()
    {
        var actor = Start(_ => { }, "quiet");
        var seen = new Recorder();
        using var scope = seen.Enter();

        await actor.Ask<ActorIdentity>(new Identify(1), TimeSpan.FromHours(1));

        seen.Has("quiet").ShouldBeFalse();
    }

    [Fact]
    public async Task Instruments_1_OnTaskBeforeThrow_and_OnTaskAfterThrow_fire_for_supervision_and_OnTaskCompleted_when_an_actor_stops()
    {
        var seen = new Recorder();
        using var scope = seen.Enter();
        var actor = Start(me => me.On<int>(_ => throw new InvalidOperationException()), "failing");

        actor.Tell(1);
        actor.Tell("unhandled");
        await actor.GracefulStop(TimeSpan.FromHours(1));
        await Waiting.Until(() => seen.Has("completed failing"));

        seen.Has("fault failing Undecided").ShouldBeTrue();
        seen.Has("decided failing Restarted").ShouldBeTrue();
        seen.Has("after failing 1 Failed").ShouldBeTrue();
        seen.Has("after failing unhandled Unhandled").ShouldBeTrue();
    }

    [Fact]
    public async Task Instruments_1_OnTaskAfterSend_fires_again_when_a_handler_that_awaits_has_ended()
    {
        var seen = new Recorder();
        using var scope = seen.Enter();
        using var gate = new SemaphoreSlim(0);
        var actor = Start(me => me.OnAsync<int>(async number => await gate.WaitAsync(TimeSpan.FromHours(number))), "awaiting");

        actor.Tell(1);
        await Waiting.Until(() => seen.Has("after awaiting 1 Yields"));
        seen.Has("after awaiting 1 Waits").ShouldBeFalse();
        gate.Release();

        await Waiting.Until(() => seen.Has("after awaiting 1 Waits"));
        seen.Count("before awaiting 1").ShouldBe(1);
    }

    [Fact]
    public async Task Instruments_1_OnTaskAfterSend_tells_that_a_handler_failed_after_it_awaited()
    {
        var seen = new Recorder();
        using var scope = seen.Enter();
        using var gate = new SemaphoreSlim(0);
        var actor = Start(
            me => me.OnAsync<int>(async number =>
            {
                await gate.WaitAsync(TimeSpan.FromHours(number));
                throw new InvalidOperationException();
            }),
            "awaiting");

        actor.Tell(1);
        await Waiting.Until(() => seen.Has("after awaiting 1 Yields"));
        gate.Release();

        await Waiting.Until(() => seen.Has("decided awaiting Restarted"));
        seen.Before("fault awaiting Undecided", "after awaiting 1 Failed").ShouldBeTrue();
        seen.Count("after awaiting 1").ShouldBe(2);
    }

    [Fact]
    public async Task Instruments_1_OnTaskAfterSend_tells_that_an_actor_stopped_while_its_handler_awaited()
    {
        var seen = new Recorder();
        using var scope = seen.Enter();
        using var gate = new SemaphoreSlim(0);
        var actor = Start(me => me.OnAsync<int>(async number => await gate.WaitAsync(TimeSpan.FromHours(number))), "awaiting");

        actor.Tell(1);
        await Waiting.Until(() => seen.Has("after awaiting 1 Yields"));
        Sys.Stop(actor);

        await Waiting.Until(() => seen.Has("completed awaiting") && seen.Has("after awaiting 1 Stopped"));
        seen.Count("after awaiting 1").ShouldBe(2);
        gate.Release();
    }

    [Fact]
    public async Task Instruments_3_the_span_of_a_handler_that_awaits_ends_with_the_handler()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var trace = new TraceInstrument();
        using var seen = trace.Enter();
        using var gate = new SemaphoreSlim(0);
        var actor = Start(me => me.OnAsync<int>(async number => await gate.WaitAsync(TimeSpan.FromHours(number))), "traced-awaiting");
        IEnumerable<Activity> Mine() => ended.Where(span => span.GetTagItem("sluice.source.name") is string name && name.EndsWith("/traced-awaiting", StringComparison.Ordinal));

        actor.Tell(1);
        actor.Tell(2);
        gate.Release(2);

        await Waiting.Until(() => Mine().Count() == 2);
        Mine().ShouldAllBe(span => Equals(span.GetTagItem("sluice.message.next"), "waits"));
    }

    [Fact]
    public async Task An_instrument_can_be_added_to_what_runs_and_leaves_with_its_scope()
    {
        var actor = Start(me => me.OnAny(message => me.Sender.Tell(message)), "running");
        var seen = new Recorder();
        var scope = InstrumentScope.Detached(seen);
        actor.AddInstrument(scope).ShouldBeTrue();

        await actor.Ask<string>("one", TimeSpan.FromHours(1));
        await Waiting.Until(() => seen.Has("after running one Waits"));
        scope.Dispose();
        await actor.Ask<string>("two", TimeSpan.FromHours(1));

        seen.Has("two").ShouldBeFalse();
    }

    private sealed class Recorder : EventLoopInstrument
    {
        private readonly List<string> _lines = [];

        public bool Has(string part)
        {
            lock (_lines)
            {
                return _lines.Exists(line => line.Contains(part, StringComparison.Ordinal));
            }
        }

        public int Count(string part)
        {
            lock (_lines)
            {
                return _lines.Count(line => line.Contains(part, StringComparison.Ordinal));
            }
        }

        public bool Before(string first, string second)
        {
            lock (_lines)
            {
                var at = _lines.IndexOf(first);
                return at >= 0 && _lines.IndexOf(second) > at;
            }
        }

        public override void OnQueuePut(in QueueEvent put) => Add($"put {Name(put.Queue)} {put.Item.Value}");

        public override void OnQueueGet(in QueueEvent get) => Add($"get {Name(get.Queue)} {get.Item.Value}");

        public override void OnTaskBeforeSend(in TaskTurn turn) => Add($"before {Name(turn.Task)} {turn.Message}");

        public override void OnTaskAfterSend(in TaskTurnEnded turn) => Add($"after {Name(turn.Task)} {turn.Message} {turn.Next}");

        public override void OnTaskBeforeThrow(in TaskFault fault) => Add($"fault {Name(fault.Task)} {fault.Next}");

        public override void OnTaskAfterThrow(in TaskFault fault) => Add($"decided {Name(fault.Task)} {fault.Next}");

        public override void OnTaskCompleted(in TaskEnded ended) => Add($"completed {Name(ended.Task)}");

        private static string Name(IInstrumented task) => task.Name[(task.Name.LastIndexOf('/') + 1)..];

        private void Add(string line)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }
}
