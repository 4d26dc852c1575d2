using Sluice.Instruments;
using Sluice.Instruments.Events;
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
