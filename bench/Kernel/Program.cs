using Sluice.Hocon;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Bench;
using Sluice.Measuring;

var quick = args.Contains("--quick");
var report = new Report("kernel", args.Contains("--json"));
var only = args.FirstOrDefault(arg => !arg.StartsWith("--", StringComparison.Ordinal));
await using var system = ActorSystem.Create("bench", ConfigurationFactory.ParseString("sluice.kernel.loglevel = ERROR"));

IBenchCase[] cases =
[
    new TellCase(system, producers: 1),
    new TellCase(system, producers: 4),
    new PingPongCase(system, pairs: 2),
    new PingPongCase(system, pairs: 8),
    new PingPongCase(system, pairs: 32),
    new BroadcastCase(system, receivers: 8),
    new AskCase(system),
    new SpawnCase(system),
];
foreach (var one in cases.Where(one => only is null || one.Name.StartsWith(only, StringComparison.Ordinal)))
{
    report.Add(await Harness.Compare(one.Name, one.Unit, one.Operations * (quick ? 1 : 4), repetitions: quick ? 5 : 9, one.Contenders));
}
if (only is null or "latency")
{
    foreach (var row in await AskLatency.Run(system, quick ? 20_000 : 200_000, repetitions: 5))
    {
        report.Add(row);
    }
}
if (only is null or "idle")
{
    foreach (var row in await IdleSize.Run(system, quick ? 100_000 : 1_000_000))
    {
        report.Add(row);
    }
}
report.Finish();
