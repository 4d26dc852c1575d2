extern alias bare;
using Sluice.Instruments.Bench;

var quick = args.Contains("--quick");
var report = new Report("instruments", args.Contains("--json"));
var only = args.FirstOrDefault(arg => !arg.StartsWith("--", StringComparison.Ordinal));
var rounds = quick ? 40 : 200;

foreach (var one in new IBenchCase[] { new FloorCase(), new TellCase() })
{
    if (only is null || one.Name.StartsWith(only, StringComparison.Ordinal))
    {
        await using (one)
        {
            report.Add(await Harness.Run(one.Name, one.Unit, await one.Contenders(), one.Operations, rounds));
        }
    }
}

report.Finish();
