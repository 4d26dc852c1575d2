using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sluice.Host.Tests.Observing;

/// <summary>A receiver of OTLP over HTTP that decodes what it is sent (opentelemetry/proto/collector).</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<Received> _spans = new();
    private readonly ConcurrentQueue<(string Name, string Unit, string Service)> _metrics = new();

    private Collector(TimeSpan traces, TimeSpan metrics)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.MapPost("/v1/traces", http => TakeAsync(http, 2, TakeSpan, traces));
        _server.MapPost("/v1/metrics", http => TakeAsync(http, 2, (metric, service) => _metrics.Enqueue((metric.Text(1), metric.Text(3), service)), metrics));
    }

    public string Address => _server.Urls.First();

    public IReadOnlyCollection<Received> Spans => _spans;

    public IReadOnlyCollection<(string Name, string Unit, string Service)> Metrics => _metrics;

    /// <summary>Waits until it has so many spans, of which the sender need not know yet.</summary>
    public async Task SpansAsync(int count)
    {
        using var deadline = new CancellationTokenSource(RunningSluice.Deadline);
        while (_spans.Count < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, deadline.Token);
        }
    }

    /// <summary>Starts one that takes so long to answer, to metrics as long as to traces unless something else is said.</summary>
    public static async Task<Collector> StartAsync(TimeSpan delay = default, TimeSpan? metrics = null)
    {
        var collector = new Collector(delay, metrics ?? delay);
        await collector._server.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    // ResourceSpans and ResourceMetrics have the same shape: 1 = resource { 1 = attributes }, 2 = scopes { 2 = the things }.
    private static async Task TakeAsync(HttpContext http, int things, Action<ProtoMessage, string> take, TimeSpan delay)
    {
        http.Request.ContentType.ShouldBe("application/x-protobuf");
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        foreach (var resource in new ProtoMessage(body.ToArray()).Messages(1))
        {
            var service = resource.Message(1).Attributes(1)["service.name"];
            foreach (var thing in resource.Messages(2).SelectMany(scope => scope.Messages(things)))
            {
                take(thing, service);
            }
        }

        await Task.Delay(delay, TimeProvider.System);
        http.Response.ContentType = "application/x-protobuf";
    }

    private void TakeSpan(ProtoMessage span, string service) => _spans.Enqueue(new Received(
        span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), span.Number(7), span.Number(8), span.Attributes(9),
        [.. span.Messages(11).Select(happened => happened.Text(2))],
        span.Has(15) ? span.Message(15).Number(3) : 0,
        span.Has(15) ? span.Message(15).Text(2) : "",
        service));

    /// <summary>One span; status 2 is an error.</summary>
    internal sealed record Received(
        string Trace, string Id, string Parent, string Name, ulong Start, ulong End, Dictionary<string, string> Attributes, string[] Events, ulong Status, string Message, string Service);
}
