using System.Globalization;
using Sluice.Measuring;
using Sluice.Pool.Bench;

var quick = args.Contains("--quick");
var repetitions = quick ? 5 : 9;
var report = new Report("pool", args.Contains("--json"));
var only = args.FirstOrDefault(arg => !arg.StartsWith("--", StringComparison.Ordinal));
await using var bed = new Bed();
if (only == "backlog")
{
    var items = Array.IndexOf(args, "--items") is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : BacklogCase.Items;
    await BacklogCase.RunAsync(bed, quick ? items / 100 : items);
    return;
}

(string Name, Func<Task<IBenchCase>> Make)[] cases =
[
    ("send-1", () => SendCase.CreateAsync(bed, senders: 1)),
    ("send-8", () => SendCase.CreateAsync(bed, senders: 8)),
    ("send-64", () => SendCase.CreateAsync(bed, senders: 64)),
    ("on-failure-64", () => OnFailureCase.CreateAsync(bed)),
    ("exporters-2", () => ExportersCase.CreateAsync(bed, exporters: 2)),
    ("exporters-4", () => ExportersCase.CreateAsync(bed, exporters: 4)),
    ("exporters-8", () => ExportersCase.CreateAsync(bed, exporters: 8)),
    ("copies", () => Task.FromResult<IBenchCase>(new CopiesCase())),
    ("events-1", () => EventsCase.CreateAsync(1)),
    ("events-4", () => EventsCase.CreateAsync(4)),
    ("events-16", () => EventsCase.CreateAsync(16)),
];
foreach (var (_, make) in cases.Where(one => only is null || one.Name.StartsWith(only, StringComparison.Ordinal)))
{
    await using var one = await make();
    report.Add(await Harness.Compare(one.Name, one.Unit, one.Operations * (quick ? 1 : 4), repetitions, one.Contenders));
    report.Add(one.Extras());
}

if (only is null or "replay")
{
    report.Add(await ReplayCase.RunAsync(bed, quick ? 50_000 : 500_000, quick ? 3 : 5));
}

report.Finish();
