extern alias bare;
using Sluice.Instruments.Bench;
using Sluice.Measuring;

var quick = args.Contains("--quick");
var report = new Report("instruments", args.Contains("--json"));
var only = args.FirstOrDefault(arg => !arg.StartsWith("--", StringComparison.Ordinal));
var rounds = quick ? 40 : 200;

foreach (var one in new IBenchCase[] { new FloorCase(), new TellCase(), new TubeCase(isAsync: false, "Same"), new TubeCase(isAsync: true, "Same"), new TubeCase(isAsync: true, "Work"), new WatchCase("Same"), new WatchCase("Work") })
{
    if (only is null || one.Name.StartsWith(only, StringComparison.Ordinal))
    {
        await using (one)
        {
            report.Add(await Rounds.Run(one.Name, one.Unit, await one.Contenders(), one.Operations, one.Rounds > 0 ? one.Rounds : rounds));
        }
    }
}

report.Finish();
