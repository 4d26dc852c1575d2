using Sluice.Tubes.Events;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Tests.Samples;

namespace Sluice.Tubes.Tests.Runners;

/// <summary>While nobody listens, a runner takes a shorter way. It must not be seen from what comes out.</summary>
public class UnheardSpecs
{
    private const string Failing = """
        nodes:
          a: { type: T.Count }
          early: { type: T.Twice, depends: a.value }
          b: { type: T.FailAt, depends: a.value, params: { at: 2 }POLICY }
          late: { type: T.Later, depends: b.value }
          r: { type: return, depends: [e: early.value, l: late.value] }
        """;

    public static TheoryData<string> Tubes =>
    [
        "nodes:\n  a: { type: T.Count }\n  b: { type: T.EveryOther, depends: a.value }\n  s: { type: T.Show, depends: [a: a.value, b: b.value] }\n  r: { type: return, depends: s.value }",
        "nodes:\n  a: { type: T.Count }\n  b: { type: T.EveryOther, depends: a.value }\n  c: { type: T.Twice, depends: b.value }\n  r: { type: return, depends: [b: b.value, c: c.value] }",
        "nodes:\n  a: { type: T.Count }\n  n: { type: T.Never }\n  b: { type: T.EveryOther, depends: a.value }\n  h: { type: T.Half, depends: [a: b.value, b: n.value] }\n  s: { type: T.Show, depends: [a: h.value, b: n.value] }\n  r: { type: return, depends: [s: s.value, a: a.value] }",
        "nodes:\n  a: { type: T.Count }\n  l: { type: T.Later, depends: a.value }\n  m: { type: T.Later, depends: l.value }\n  g: { type: gather, params: { n: 3 }, depends: m.value }\n  r: { type: return, depends: [g: g.value, m: m.value] }",
        "nodes:\n  a: { type: T.Count, params: { limit: 3 } }\n  p: { type: T.Pair, depends: a.value }\n  r: { type: return, depends: [p.one, o: p.other] }",
        Failing.Replace("POLICY", "", StringComparison.Ordinal),
        Failing.Replace("POLICY", ", on-error: skip-epoch", StringComparison.Ordinal),
        Failing.Replace("POLICY", ", on-error: disable", StringComparison.Ordinal),
        Failing.Replace("POLICY", ", on-error: 'retry(2, 1ms)'", StringComparison.Ordinal),
    ];

    [Fact]
    public async Task A_call_that_ends_just_when_it_is_looked_at_is_not_made_again()
    {
        var runner = new SyncRunner(TubeHarness.Build("nodes:\n  a: { type: T.Count }\n  l: { type: S.LateCounter, depends: a.value }\n  r: { type: return, depends: l.value }"));

        // It ends on another thread: of so many, some end between two looks.
        for (var call = 1; call <= 20_000; call++)
        {
            (await runner.ProcessAsync()).ShouldBe(call);
        }
    }

    [Theory]
    [MemberData(nameof(Tubes))]
    public async Task A_runner_gives_the_same_whether_somebody_listens_or_not(string nodes)
    {
        var heard = new SyncRunner(TubeHarness.Build(nodes));
        heard.AddCallback(_ => { });
        var unheard = new SyncRunner(TubeHarness.Build(nodes));

        for (var call = 0; call < 7; call++)
        {
            var (expected, actual) = (await TryAsync(heard), await TryAsync(unheard));

            actual.ShouldBe(expected, $"call {call}");
            unheard.NextEpoch.ShouldBe(heard.NextEpoch);
            Shown(unheard.Events).ShouldBe(Shown(heard.Events), ignoreOrder: true);
            unheard.Events.Select(happened => happened.Id).ShouldBeInOrder();
            unheard.LastFailure?.ToString().ShouldBe(heard.LastFailure?.ToString());
        }
    }

    [Fact]
    public async Task A_call_that_is_waited_for_can_be_cancelled()
    {
        var runner = new SyncRunner(TubeHarness.Build("""
            nodes:
              a: { type: T.Count }
              b: { type: T.Endless, depends: a.value }
              c: { type: T.Same, depends: a.value }
              r: { type: return, depends: c.value }
            """));
        runner.Init();
        using var cancel = new CancellationTokenSource();

        var processing = runner.ProcessAsync(null, cancel.Token).AsTask();
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(processing.WaitAsync(TimeSpan.FromSeconds(30)));
        runner.NextEpoch.ShouldBe(1);
        runner.LastFailure.ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_begins_to_listen_hears_from_the_next_epoch_on()
    {
        var runner = new SyncRunner(TubeHarness.Build("nodes:\n  a: { type: T.Count }\n  r: { type: return, depends: a.value }"));
        var heard = new List<TubeEvent>();
        await runner.ProcessAsync();
        using (runner.AddCallback(heard.Add))
        {
            await runner.ProcessAsync();
        }

        await runner.ProcessAsync();

        heard.Where(happened => happened.NodeId == "a").Select(happened => (happened.Epoch.Root, happened.Value)).ShouldBe([(1L, (object?)1)]);
    }

    private static async Task<string> TryAsync(SyncRunner runner)
    {
        try
        {
            return TubeHarness.Shown(await runner.ProcessAsync());
        }
        catch (Exception failure)
        {
            return $"{failure.GetType().Name}: {failure.Message}";
        }
    }

    private static string[] Shown(IReadOnlyList<TubeEvent> events) =>
        [.. events.Select(happened => $"{happened.NodeId}.{happened.Signal}@{happened.Epoch}={TubeHarness.Shown(happened.Value)}")];
}
