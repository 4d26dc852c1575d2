using Sluice.Cluster.Bench;
using Sluice.Measuring;
using Sluice.Rabbit.Rig;

if (args is ["--member", var name, ..])
{
    await using var member = await BenchMember.JoinAsync(name, Environment.GetEnvironmentVariable(BenchMember.PortVariable)!, "worker");
    Console.WriteLine("up");
    await Console.In.ReadLineAsync();
    return;
}

var quick = args.Contains("--quick");
var only = args.FirstOrDefault(arg => !arg.StartsWith("--", StringComparison.Ordinal));
var report = new Report("cluster", args.Contains("--json"));
await using var broker = await Broker.StartAsync();
BenchMember.UseCredentials(broker.User, broker.Password);
var port = broker.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
await using var here = await BenchMember.JoinAsync("a", port, "");
using var there = OtherMember.Start("b", port);
await here.SeesAsync("a", "b");
await using var raw = await RawClient.ConnectAsync(broker);

if (only is null or "tell")
{
    report.Add(await Harness.Compare(
        "tell-100B", "msg/s", quick ? 200_000 : 1_000_000, quick ? 5 : 9, [("sluice", here.TellAsync), ("RabbitMQ.Client", raw.PublishAsync)]));
}
if (only is null or "ask")
{
    report.Add(await AskLatency.CompareAsync(here, raw, quick ? 3_000 : 20_000));
}
if (only is null or "durable")
{
    report.Add(await Harness.Compare(
        "durable-send-2000", "msg/s", quick ? 40_000 : 200_000, quick ? 5 : 9, [("sluice", here.SendDurableAsync), ("RabbitMQ.Client", raw.PublishConfirmedAsync)]));
}
if (only is null or "tube")
{
    await using var tube = TubeEpochs.Start(here);
    report.Add(await Harness.Compare("tube-5-nodes-2-members", "epochs/s", quick ? 1_000 : 5_000, quick ? 5 : 9, [("sluice", tube.RunAsync), ("direct reply-to", raw.AskTwiceAsync)]));
}
if (only is null or "failover")
{
    report.Add(await Failover.MeasureAsync(here, there));
}
report.Finish();
