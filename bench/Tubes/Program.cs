using Sluice.Measuring;
using Sluice.Tubes.Bench;
using Sluice.Tubes.Specification;

var quick = args.Contains("--quick");
var report = new Report("tubes", args.Contains("--json"));
var only = args.FirstOrDefault(arg => !arg.StartsWith("--", StringComparison.Ordinal));
var library = new TubeLibrary([Environment.GetEnvironmentVariable("SLUICE_CONFORMANCE") ?? "../shared/conformance"]);

var cases = new List<BenchCase>
{
    new("chain-10", 11, 300_000, [Graphs.Sync(Graphs.Chain(10)), Dataflow.Chain(10), Reactive.Chain(10)]),
    new("chain-10-async", 11, 300_000, [Graphs.Async(Graphs.Chain(10)), Dataflow.Chain(10), Reactive.Chain(10), Graphs.Sync(Graphs.Chain(10))]),
    new("fan-10", 11, 100_000, [Graphs.Sync(Graphs.Fan(10)), Dataflow.Fan(10), Reactive.Fan(10)]),
    new("fan-10-async", 11, 100_000, [Graphs.Async(Graphs.Fan(10)), Dataflow.Fan(10), Reactive.Fan(10), Graphs.Sync(Graphs.Fan(10))]),
};

// What the Python reference did in these two, measured from outside; given with the issue.
foreach (var (id, calls, epochs, reference) in new[] { ("testing-basic", 3, 200_000, 21_800.0), ("testing-kitchen-sink", 8, 100_000, 7_900.0) })
{
    if (library.Ids.Contains(id))
    {
        cases.Add(new BenchCase(id + "-async", calls, epochs, [Graphs.Async(() => Endless(id)), Dataflow.Named(id), Reactive.Named(id), new Contender("Python", null, reference)]));
        cases.Add(new BenchCase(id, calls, epochs, [Graphs.Sync(() => Endless(id)), Dataflow.Named(id), Reactive.Named(id), new Contender("Python", null, reference)]));
    }
}

foreach (var one in cases.Where(one => only is null || one.Name.StartsWith(only, StringComparison.Ordinal)))
{
    report.Add(await Comparison.RunAsync(one, repetitions: quick ? 5 : 9, scale: quick ? 1 : 4));
}

report.Finish();

// As it is, but without an end: else the making of tubes would be measured along.
TubeSpecification Endless(string id) => TubeReader.FromYaml(
    id == "testing-basic" ? $"noob_id: endless\nextends: [{id}]\nnodes: {{ a: {{ params: {{ limit: 0 }} }} }}" : $"noob_id: endless\nextends: [{id}]",
    "endless.yaml",
    library);
