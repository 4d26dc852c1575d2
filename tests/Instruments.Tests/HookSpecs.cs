using Sluice.Instruments.Events;

namespace Sluice.Instruments.Tests;

public sealed class HookSpecs
{
    [Fact]
    public void Every_hook_has_its_bit_and_every_bit_its_hook()
    {
        var hooks = typeof(TubeInstrument).GetMethods().Where(method => method.IsVirtual && method.Name.StartsWith("On", StringComparison.Ordinal));
        var bits = Enum.GetNames<InstrumentHooks>().Except([nameof(InstrumentHooks.None), nameof(InstrumentHooks.Timing)]);

        hooks.Select(method => method.Name[2..]).ShouldBe(bits, ignoreOrder: true);
        Enum.GetValues<InstrumentHooks>().Skip(1).ShouldAllBe(bit => System.Numerics.BitOperations.PopCount((ulong)bit) == 1);
    }

    [Fact]
    public void Instruments_1_The_hooks_of_the_specification_exist()
    {
        string[] specified =
        [
            "QueuePut", "QueueGet", "SocketConnectStart", "SocketConnectReady", "SocketAcceptStart", "SocketAcceptReady",
            "SocketSendStart", "SocketSendReady", "SocketSendData", "SocketRecvStart", "SocketRecvReady", "SocketRecvData",
            "TlsHandshakeComplete", "SocketClose", "TaskBeforeSend", "TaskAfterSend", "TaskBeforeThrow", "TaskAfterThrow",
            "TaskCompleted", "TaskError", "TaskCancelled",
        ];

        specified.ShouldBeSubsetOf(Enum.GetNames<InstrumentHooks>());
    }

    [Fact]
    public void Instruments_1_the_page_on_telemetry_names_for_each_hook_a_test_that_exists()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "tests"), "*Specs.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .SelectMany(line => line.Split(' ', '(').Where(word => word.StartsWith("Instruments_1_", StringComparison.Ordinal)))
            .ToHashSet();

        var documented = File.ReadLines(Path.Combine(Checkout.Root, "docs", "telemetry.md"))
            .Where(line => line.StartsWith("| `On", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[1].Trim('`')[2..], cells => cells[3].Trim('`'));

        documented.Keys.ShouldBe(Enum.GetNames<InstrumentHooks>().Except([nameof(InstrumentHooks.None), nameof(InstrumentHooks.Timing)]), ignoreOrder: true);
        documented.ShouldAllBe(row => row.Value.Contains("On" + row.Key, StringComparison.Ordinal) && tests.Contains(row.Value));
    }

    [Fact]
    public void The_composite_passes_every_hook_on()
    {
        var composite = typeof(CompositeInstrument);

        typeof(TubeInstrument).GetMethods()
            .Where(method => method.IsVirtual && method.Name.StartsWith("On", StringComparison.Ordinal))
            .ShouldAllBe(method => composite.GetMethod(method.Name)!.DeclaringType == composite);
    }

    [Fact]
    public void An_instrument_is_asked_only_for_the_hooks_it_overrides()
    {
        using var scope = new Puts().Enter();
        var watchers = Instruments.Active!;

        watchers.Wants(InstrumentHooks.QueuePut).ShouldBeTrue();
        watchers.Wants(InstrumentHooks.QueueGet | InstrumentHooks.RunStart).ShouldBeFalse();
        watchers.NeedsTiming.ShouldBeFalse();
    }

    [Fact]
    public void An_instrument_that_samples_actors_is_asked_for_its_hooks_of_queues_and_tasks_but_not_of_actors()
    {
        using var scope = new Sampled().Enter();
        var watchers = Instruments.Active!;

        watchers.Sees(InstrumentHooks.QueuePut).ShouldBeTrue();
        watchers.Sees(ActorHooks.Put | ActorHooks.Timing).ShouldBeFalse();
        watchers.NeedsTiming.ShouldBeTrue();
        watchers.TimesWaits.ShouldBeFalse();
    }

    [Fact]
    public void An_instrument_that_wants_no_durations_for_now_is_not_timed()
    {
        var timed = new Timed();
        using var scope = timed.Enter();
        var watchers = Instruments.Active!;
        watchers.TimesWaits.ShouldBeTrue();

        timed.Wants = false;
        watchers.NeedsTiming.ShouldBeFalse();
        watchers.TimesWaits.ShouldBeFalse();

        timed.Wants = true;
        watchers.NeedsTiming.ShouldBeTrue();
    }

    [Fact]
    public void Timing_is_taken_when_one_instrument_needs_it()
    {
        using var outer = new Timed().Enter();
        using var inner = new Puts().Enter();

        Instruments.Active!.NeedsTiming.ShouldBeTrue();
    }

    [Fact]
    public void A_hook_overridden_in_a_base_class_counts()
    {
        new Derived().Hooks.ShouldBe(InstrumentHooks.RunStart);
    }

    [Fact]
    public void Names_are_not_built_unless_an_instrument_wants_them()
    {
        var queue = new Named("a long path");
        var item = 1;
        using var scope = new Puts().Enter();

        Instruments.Active!.OnQueuePut(new QueueEvent(queue, ItemView.Of(in item), immediate: true));

        queue.NamesBuilt.ShouldBe(0);
    }

    private class Base : TubeInstrument
    {
        public override void OnRunStart(in RunStarted run)
        {
        }
    }

    private sealed class Derived : Base;

    private sealed class Timed : EventLoopInstrument
    {
        public bool Wants { get; set; } = true;

        public override bool NeedsTiming => Wants;

        public override void OnQueueGet(in QueueEvent get)
        {
        }
    }

    private sealed class Sampled : EventLoopInstrument
    {
        public override bool NeedsTiming => true;

        public override bool SamplesActors => true;

        public override void OnQueuePut(in QueueEvent put)
        {
        }
    }
}
