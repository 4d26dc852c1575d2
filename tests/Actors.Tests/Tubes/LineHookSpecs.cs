using System.Collections.Concurrent;
using Sluice.Actors.Tests.Tubes.Samples;
using Sluice.Instruments;
using Sluice.Instruments.Events;
using Sluice.Tubes.Errors;

namespace Sluice.Actors.Tests.Tubes;

/// <summary>
/// Who does not ask which nodes are ready is told of epochs that never meet the scheduler: the same, in the same order, as who does ask and so
/// keeps them with it.
/// </summary>
public sealed class LineHookSpecs
{
    private const InstrumentHooks OnTheLine =
        InstrumentHooks.RunStart | InstrumentHooks.RunEnd | InstrumentHooks.EpochStart | InstrumentHooks.EpochEnd | InstrumentHooks.NodeStart
        | InstrumentHooks.NodeFinish | InstrumentHooks.NodeError | InstrumentHooks.NodeEmitted | InstrumentHooks.NodeNoEvent;

    // By half of them the calls are made by code written for the tube.
    private const int Epochs = 160;

    private const InstrumentHooks Signals = InstrumentHooks.NodeEmitted | InstrumentHooks.NodeNoEvent;

    private const string First = "a: { type: T.Nodes.Count, params: { limit: 200 } }, ";

    public static TheoryData<string, string> Tubes
    {
        get
        {
            var tubes = new TheoryData<string, string>();
            foreach (var kind in new[] { "sync", "async" })
            {
                tubes.Add(kind, First + "b: { type: T.Nodes.Twice, depends: a.value }, r: { type: return, depends: b.value }");
                tubes.Add(kind, First + "odd: { type: T.Nodes.EveryOther, depends: a.value }, b: { type: T.Nodes.Twice, depends: odd.value }, c: { type: T.Nodes.Either, depends: [ { one: odd.value }, { other: a.value } ] }");
                foreach (var at in new[] { 20, 150 })
                {
                    tubes.Add(kind, First + $"b: {{ type: T.Nodes.FailAt, depends: [ {{ value: a.value }} ], params: {{ at: {at} }} }}, c: {{ type: T.Nodes.Twice, depends: b.value }}");
                    tubes.Add(kind, First + $"b: {{ type: T.Nodes.FailAt, depends: [ {{ value: a.value }} ], params: {{ at: {at} }}, on-error: skip-epoch }}, c: {{ type: T.Nodes.Twice, depends: b.value }}");
                }

                tubes.Add(kind, First + "b: { type: T.Nodes.FailAt, depends: [ { value: a.value } ], params: { at: 150 } }");
                tubes.Add(kind, First + "b: { type: T.Nodes.EveryOther, depends: a.value }");
                tubes.Add(kind, First + "b: { type: T.Nodes.Later, depends: a.value }, c: { type: T.Nodes.Twice, depends: b.value }");
                tubes.Add(kind, "a: { type: T.Nodes.Count, params: { limit: 150 } }, b: { type: T.Nodes.Twice, depends: a.value }");
            }

            // The first is stuck until the second is called, which is when the runner has taken the epoch off the line.
            tubes.Add("async", First + "one: { type: T.Nodes.Block, depends: [ { value: a.value } ], params: { gate: GATE, from: 150 } }, "
                + "other: { type: T.Nodes.Unblock, depends: [ { value: a.value } ], params: { gate: GATE, from: 150 } }, "
                + "sum: { type: T.Nodes.Add, depends: [ { left: one.value }, { right: other.value } ] }");
            return tubes;
        }
    }

    [Theory]
    [MemberData(nameof(Tubes))]
    public async Task Instruments_1_hooks_of_tubes_are_the_same_for_who_does_not_ask_which_nodes_are_ready(string kind, string nodes)
    {
        var scheduled = await SeenAsync(kind, nodes, OnTheLine | InstrumentHooks.NodeReady);

        foreach (var wanted in new[] { OnTheLine, InstrumentHooks.NodeStart, InstrumentHooks.NodeFinish, InstrumentHooks.NodeError, Signals, InstrumentHooks.NodeFinish | Signals })
        {
            var onTheLine = await SeenAsync(kind, nodes, wanted);

            (wanted != OnTheLine || onTheLine.Length > 0).ShouldBeTrue("who wants all must see something");
            onTheLine.ShouldBe(scheduled.Where(line => wanted.HasFlag(Enum.Parse<InstrumentHooks>(line.Split(' ')[0]))), $"of {wanted}");
        }
    }

    [Theory]
    [MemberData(nameof(Tubes))]
    public async Task Instruments_1_OnNodeCalls_counts_exactly_the_calls_of_each_node(string kind, string nodes)
    {
        var oneByOne = (await SeenAsync(kind, nodes, InstrumentHooks.NodeFinish | InstrumentHooks.NodeReady))
            .Where(line => line.StartsWith("NodeFinish", StringComparison.Ordinal))
            .CountBy(line => SourceOf(line).Split(':')[1]);
        var counted = new CallCounter();
        var afterEach = new List<long>();

        await RunAsync(kind, nodes, counted, () => afterEach.Add(counted.Total));

        counted.ByNode.ShouldBe(oneByOne, ignoreOrder: true);
        counted.Total.ShouldBe(oneByOne.Sum(node => node.Value));
        afterEach.Zip(afterEach.Skip(1)).ShouldAllBe(pair => pair.First < pair.Second, "each epoch is told of when it is over");
    }

    [Theory]
    [InlineData("sync")]
    [InlineData("async")]
    public async Task Instruments_1_OnNodeCalls_counts_the_calls_of_elements(string kind)
    {
        var counted = new CallCounter();

        await RunAsync(kind, "a: { type: T.Nodes.Count, params: { limit: 5 } }, list: { type: T.Nodes.Range, depends: a.value }, each: { type: map, depends: list.value }, b: { type: T.Nodes.Twice, depends: each.value }", counted);

        counted.ByNode["a"].ShouldBe(6);
        counted.ByNode["list"].ShouldBe(5);
        counted.ByNode["b"].ShouldBe(10);
    }

    [Fact]
    public async Task Instruments_1_who_joins_and_leaves_a_compiled_line_sees_whole_epochs()
    {
        var (counted, told) = (new CallCounter(), new TubeRecorder(only: InstrumentHooks.NodeFinish));
        await using var subject = Watched.Of("sync", "nodes: { a: { type: T.Nodes.Count }, b: { type: T.Nodes.Twice, depends: a.value } }");
        await ProcessAsync(subject, 100);

        using (var scope = InstrumentScope.Detached(counted))
        {
            subject.Runner.Watch(scope);
            await ProcessAsync(subject, 30);
            using var other = InstrumentScope.Detached(told);
            subject.Runner.Watch(other);
            await ProcessAsync(subject, 20);
        }

        await ProcessAsync(subject, 50);

        counted.ByNode.Values.ShouldBe([50, 50]);
        told.All.Length.ShouldBe(40);
        told.All[0].ShouldBe("NodeFinish test:a 130");
        told.All[^1].ShouldBe("NodeFinish test:b 149");
    }

    private static async Task ProcessAsync(Watched subject, int epochs)
    {
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            await subject.Runner.ProcessAsync().AsTask().WaitAsync(TubeHarness.Deadline);
        }
    }

    private static async Task<string[]> SeenAsync(string kind, string nodes, InstrumentHooks hooks)
    {
        var seen = new TubeRecorder(only: hooks);
        await RunAsync(kind, nodes, seen);
        return kind == "sync" ? seen.All : [.. seen.All.OrderBy(SourceOf, StringComparer.Ordinal)];
    }

    // One epoch at a time: of several on their way at once the order is nobody's. So it is of nodes that run at once; each tells its own in order.
    private static async Task RunAsync(string kind, string nodes, TubeInstrument instrument, Action? afterEach = null)
    {
        _ = Gate.New(out var gate);
        using var scope = instrument.Enter();
        await using var subject = Watched.Of(kind, $"nodes: {{ {nodes.Replace("GATE", gate, StringComparison.Ordinal)} }}");
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            if (await Record.ExceptionAsync(async () => await subject.Runner.ProcessAsync().AsTask().WaitAsync(TubeHarness.Deadline)) is { } failure)
            {
                (failure is EndOfSourceException || failure.Message.StartsWith("boom", StringComparison.Ordinal)).ShouldBeTrue(failure.ToString());
                break;
            }

            afterEach?.Invoke();
        }
    }

    private static string SourceOf(string line) => line.Split(' ')[1].Split('.')[0];

    /// <summary>Counts without being told of each call.</summary>
    private sealed class CallCounter : TubeInstrument
    {
        private readonly ConcurrentDictionary<string, int> _byNode = [];
        private long _total;

        public IReadOnlyDictionary<string, int> ByNode => _byNode.Where(node => node.Value > 0).ToDictionary();

        public long Total => Interlocked.Read(ref _total);

        public override void OnNodeCalls(in NodeCalls calls)
        {
            Interlocked.Add(ref _total, calls.Total);
            for (var node = 0; node < calls.Nodes.Length; node++)
            {
                var count = calls.Calls[node];
                _byNode.AddOrUpdate(calls.Nodes[node].Name, count, (_, before) => before + count);
            }
        }
    }
}
