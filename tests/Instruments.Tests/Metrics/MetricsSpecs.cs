using Sluice.Instruments.Metrics;
using Sluice.Instruments.Tests.Sockets;

namespace Sluice.Instruments.Tests.Metrics;

public sealed class MetricsSpecs
{
    [Fact]
    public void Instruments_3_Metrics_measure_every_event_that_has_a_number()
    {
        using var metrics = new MetricsInstrument();
        using var seen = new Measurements(metrics);
        using var scope = metrics.Enter();

        EveryHook.Fire(Instruments.Active!);

        seen.Lines.ShouldBe(
        [
            "sluice.queue.depth{sluice.source.kind=queue} = 1",
            "sluice.queue.depth{sluice.source.kind=queue} = -1",
            "sluice.queue.wait.duration{sluice.source.kind=queue} = 2",
            "sluice.socket.open{} = 1",
            "sluice.socket.connect.duration{server.address=127.0.0.1} = 0.0012",
            "sluice.socket.open{} = 1",
            "sluice.socket.accepted{} = 1",
            "sluice.socket.io{network.io.direction=transmit} = 5",
            "sluice.socket.io{network.io.direction=receive} = 5",
            "sluice.tls.handshake.duration{tls.protocol.version=1.3, tls.cipher=TLS_AES_256_GCM_SHA384, sluice.tls.role=client} = 0.0101",
            "sluice.socket.errors{error.type=System.IO.IOException} = 1",
            "sluice.queue.depth{sluice.source.kind=Worker} = 2",
            "sluice.message.count{sluice.source.kind=Worker} = 3",
            "sluice.queue.wait.duration{sluice.source.kind=Worker} = 0.1",
            "sluice.message.duration{sluice.source.kind=Worker, sluice.message.type=String, sluice.message.next=waits} = 0.2",
            "sluice.message.duration{sluice.source.kind=Worker, sluice.message.type=String, sluice.message.next=waits} = 0.5",
            "sluice.task.faults{sluice.source.kind=Worker, error.type=System.InvalidOperationException} = 1",
            "sluice.task.ended{sluice.source.kind=Worker, sluice.task.outcome=completed, error.type=none} = 1",
            "sluice.task.ended{sluice.source.kind=Worker, sluice.task.outcome=failed, error.type=System.InvalidOperationException} = 1",
            "sluice.task.ended{sluice.source.kind=Worker, sluice.task.outcome=cancelled, error.type=none} = 1",
            "sluice.node.events{sluice.tube.name=etl, sluice.node.id=double, sluice.node.signal=value} = 1",
            "sluice.node.no_events{sluice.tube.name=etl, sluice.node.id=double, sluice.node.signal=rest} = 1",
            "sluice.node.duration{sluice.tube.name=etl, sluice.node.id=double, error.type=System.InvalidOperationException} = 0.25",
            "sluice.node.stalls{sluice.tube.name=etl, sluice.node.id=double} = 1",
            "sluice.asset.count{sluice.asset.scope=runner} = 1",
            "sluice.asset.count{sluice.asset.scope=runner} = -1",
            "sluice.tube.epoch.duration{sluice.tube.name=etl, error.type=none} = 1",
            "sluice.tube.run.duration{sluice.tube.name=etl, error.type=none} = 9",
        ]);
    }

    [Fact]
    public async Task The_number_of_open_sockets_follows_real_connections()
    {
        using var metrics = new MetricsInstrument();
        using var seen = new Measurements(metrics);
        using var scope = metrics.Enter();

        await using (await TcpPair.Connect(Instruments.Active, Instruments.Active))
        {
            OpenSockets().ShouldBe(["1", "1"]);
        }

        OpenSockets().ShouldBe(["1", "1", "-1", "-1"]);

        IEnumerable<string> OpenSockets() =>
            seen.Lines.Where(line => line.StartsWith("sluice.socket.open{", StringComparison.Ordinal)).Select(line => line.Split("= ")[1]);
    }

    [Fact]
    public void The_page_on_telemetry_lists_each_meter_with_its_unit_and_attributes()
    {
        using var metrics = new MetricsInstrument();
        using var seen = new Measurements(metrics);
        using var scope = metrics.Enter();
        EveryHook.Fire(Instruments.Active!);

        var documented = File.ReadLines(Path.Combine(Checkout.Root, "docs", "telemetry.md"))
            .Where(line => line.StartsWith("| `sluice.", StringComparison.Ordinal))

            // Those come from the journal: Journal.Tests.LedgerMetricsSpecs has them.
            .Where(line => !line.StartsWith("| `sluice.pool.", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[1].Trim('`'), cells => (Unit: cells[3].Trim('`'), Attributes: cells[4].Replace("`", "", StringComparison.Ordinal)));

        documented.Keys.ShouldBe(seen.Instruments.Keys, ignoreOrder: true);
        foreach (var (name, (unit, attributes)) in documented)
        {
            seen.Instruments[name].Unit.ShouldBe(unit, name);
            seen.AttributesOf[name].ShouldBe(attributes.Split(", ", StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true, name);
        }
    }
}
