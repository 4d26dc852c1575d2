using Sluice.Actors.Tests.Tubes.Samples;
using Sluice.Instruments;

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

    private const string First = "a: { type: T.Nodes.Count, params: { limit: 60 } }, ";

    public static TheoryData<string, string> Tubes
    {
        get
        {
            var tubes = new TheoryData<string, string>();
            foreach (var kind in new[] { "sync", "async" })
            {
                tubes.Add(kind, First + "b: { type: T.Nodes.Twice, depends: a.value }, r: { type: return, depends: b.value }");
                tubes.Add(kind, First + "odd: { type: T.Nodes.EveryOther, depends: a.value }, b: { type: T.Nodes.Twice, depends: odd.value }, c: { type: T.Nodes.Either, depends: [ { one: odd.value }, { other: a.value } ] }");
                tubes.Add(kind, First + "b: { type: T.Nodes.FailAt, depends: [ { value: a.value } ], params: { at: 20 } }, c: { type: T.Nodes.Twice, depends: b.value }");
                tubes.Add(kind, First + "b: { type: T.Nodes.FailAt, depends: [ { value: a.value } ], params: { at: 20 }, on-error: skip-epoch }, c: { type: T.Nodes.Twice, depends: b.value }");
                tubes.Add(kind, First + "b: { type: T.Nodes.Later, depends: a.value }, c: { type: T.Nodes.Twice, depends: b.value }");
            }

            return tubes;
        }
    }

    [Theory]
    [MemberData(nameof(Tubes))]
    public async Task Instruments_1_hooks_of_tubes_are_the_same_for_who_does_not_ask_which_nodes_are_ready(string kind, string nodes)
    {
        var onTheLine = await SeenAsync(kind, nodes, new TubeRecorder(only: OnTheLine));
        var scheduled = await SeenAsync(kind, nodes, new TubeRecorder(only: OnTheLine | InstrumentHooks.NodeReady));

        onTheLine.ShouldNotBeEmpty();
        onTheLine.ShouldBe(scheduled.Where(line => !line.StartsWith("NodeReady", StringComparison.Ordinal)));
    }

    // One epoch at a time: of several on their way at once the order is nobody's. So it is of nodes that run at once; each tells its own in order.
    private static async Task<string[]> SeenAsync(string kind, string nodes, TubeRecorder seen)
    {
        using var scope = seen.Enter();
        await using (var subject = Watched.Of(kind, $"nodes: {{ {nodes} }}"))
        {
            for (var epoch = 0; epoch < 40; epoch++)
            {
                if (await Record.ExceptionAsync(async () => await subject.Runner.ProcessAsync().AsTask().WaitAsync(TubeHarness.Deadline)) is { } failure)
                {
                    failure.Message.ShouldStartWith("boom");
                    break;
                }
            }
        }

        return kind == "sync" ? seen.All : [.. seen.All.OrderBy(SourceOf, StringComparer.Ordinal)];
    }

    private static string SourceOf(string line) => line.Split(' ')[1].Split('.')[0];
}
