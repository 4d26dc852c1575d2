using System.Net;

namespace Sluice.Host.Tests.Observing;

public sealed class HealthSpecs
{
    private const string Said = "Health and metrics are at ";

    [Fact]
    public async Task Instruments_6_the_health_port_tells_life_readiness_and_metrics()
    {
        await using var program = RunningSluice.Start("Wait", limit: 2, "--health", "0");
        var line = await program.ErrorAsync(Said);
        using var client = new HttpClient { BaseAddress = new Uri(line[Said.Length..line.IndexOf("health/ready", StringComparison.Ordinal)]), Timeout = RunningSluice.Deadline };
        client.BaseAddress.Host.ShouldBe("127.0.0.1");

        (await client.GetStringAsync("health/live")).ShouldBe("live\n");
        await UntilAsync(async () => (await client.GetAsync("health/ready")).StatusCode == HttpStatusCode.OK);
        string[] told = ["sluice_node_events_total{", "sluice_tube_name=\"hello\"", "# TYPE sluice_queue_wait_duration_seconds histogram"];
        await UntilAsync(async () => await client.GetStringAsync("metrics") is var metrics && Array.TrueForAll(told, one => metrics.Contains(one, StringComparison.Ordinal)));
        (await client.GetAsync("elsewhere")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PostAsync("metrics", null)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);

        program.Go();
        (await program.ExitAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_one_sentence()
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var program = RunningSluice.Start("Greet", limit: 2, "--health", $"{port}");

        (await program.ErrorAsync("sluice: ")).ShouldContain($"127.0.0.1:{port}");
        (await program.ExitAsync()).ShouldBe(1);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(RunningSluice.Deadline);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, deadline.Token);
        }
    }
}
