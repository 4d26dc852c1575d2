using Sluice.Actors.Tests.Tubes.Samples;
using Sluice.Tubes.Runners;

namespace Sluice.Actors.Tests.Tubes;

/// <summary>Many epochs of tubes whose nodes are quick, which go other ways than a few epochs do.</summary>
public class SameAsSyncSpecs
{
    public static TheoryData<string, string> Tubes => new()
    {
        { "no-event", "odd: {type: T.Nodes.EveryOther, depends: count.value}\n  last: {type: T.Nodes.Twice, depends: odd.value}" },
        { "optional", "odd: {type: T.Nodes.EveryOther, depends: count.value}\n  last: {type: T.Nodes.Either, depends: [{one: odd.value}, {other: count.value}]}" },
        { "gather", "batch: {type: gather, depends: [{value: count.value}], params: {n: 7}}\n  last: {type: T.Nodes.Either, depends: [{one: batch.value}]}" },
        { "stateful", "small: {type: T.Nodes.FailAt, depends: [{value: count.value}], params: {at: -1}}\n  last: {type: T.Recorder, depends: small.value}" },
        { "asynchronous", "later: {type: T.Nodes.Later, depends: count.value}\n  last: {type: T.Recorder, depends: later.value}" },
        { "skipping", "small: {type: T.Nodes.FailAt, depends: [{value: count.value}], params: {at: 123}, on-error: skip-epoch}\n  last: {type: T.Recorder, depends: small.value}" },
        { "disabling", "small: {type: T.Nodes.FailAt, depends: [{value: count.value}], params: {at: 123}, on-error: disable}\n  last: {type: T.Nodes.Either, depends: [{one: small.value}, {other: count.value}]}" },
    };

    [Theory]
    [MemberData(nameof(Tubes))]
    public async Task Returned_values_are_those_of_the_synchronous_runner(string what, string nodes)
    {
        var text = $"nodes:\n  count: {{type: T.Nodes.Count, params: {{limit: 300}}}}\n  {nodes}\n  return: {{type: return, depends: [{{last: last.value}}]}}";
        await using var sync = new SyncRunner(TubeHarness.Build(text), new RunnerOptions { Warn = _ => { } });
        await using var tube = TubeHarness.Of(text, isHeard: false);

        var expected = await sync.RunAsync(300);
        var actual = await tube.Runner.RunAsync(300).AsTask().WaitAsync(TubeHarness.Deadline);

        Shown(actual).ShouldBe(Shown(expected), what);
    }

    private static List<string> Shown(IReadOnlyList<object?>? results) => [.. (results ?? [])
        .Select(result => (IReadOnlyDictionary<string, object?>)result!)
        .Select(result => result["last"] is IEnumerable<object?> list ? string.Join(",", list) : $"{result["last"]}")];
}
