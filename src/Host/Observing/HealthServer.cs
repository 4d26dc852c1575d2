using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sluice.Host.CommandLine;
using Sluice.Instruments.Prometheus;

namespace Sluice.Host.Observing;

/// <summary>Serves <c>/health/live</c>, <c>/health/ready</c> and <c>/metrics</c>.</summary>
internal sealed class HealthServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly PrometheusMetrics _metrics;
    private readonly Readiness _readiness;

    private HealthServer(IPEndPoint address, PrometheusMetrics metrics, Readiness readiness)
    {
        (_metrics, _readiness) = (metrics, readiness);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address));
        _server = builder.Build();
        _server.Run(AnswerAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_server.Urls.First());

    /// <exception cref="UsageException">The address is none.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<HealthServer> StartAsync(
        HealthSettings settings, PrometheusMetrics metrics, Readiness readiness, CancellationToken cancellationToken)
    {
        if (!IPAddress.TryParse(settings.Address, out var address))
        {
            throw new UsageException($"sluice.health.address is '{settings.Address}': give an IP address, such as 127.0.0.1.");
        }

        var server = new HealthServer(new IPEndPoint(address, settings.Port), metrics, readiness);
        try
        {
            await server._server.StartAsync(cancellationToken);
            return server;
        }
        catch (SocketException fault)
        {
            await server.DisposeAsync();
            throw new IOException($"Health and metrics cannot be served at {address}:{settings.Port} ({fault.Message}): give sluice.health.address an address of this machine, or --health another port.", fault);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task AnswerAsync(HttpContext http) => http.Request.Path.Value switch
    {
        _ when !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) => SayAsync(http, StatusCodes.Status405MethodNotAllowed, "Only GET is answered here.\n"),
        "/health/live" => SayAsync(http, StatusCodes.Status200OK, "live\n"),
        "/health/ready" when _readiness.NotReadyBecause is { } reason => SayAsync(http, StatusCodes.Status503ServiceUnavailable, $"not ready: {reason}\n"),
        "/health/ready" => SayAsync(http, StatusCodes.Status200OK, "ready\n"),
        "/metrics" => MetricsAsync(http),
        _ => SayAsync(http, StatusCodes.Status404NotFound, "Here are /health/live, /health/ready and /metrics.\n"),
    };

    private Task MetricsAsync(HttpContext http)
    {
        var text = new StringWriter();
        _metrics.Write(text);
        http.Response.ContentType = PrometheusMetrics.ContentType;
        return http.Response.WriteAsync(text.ToString(), http.RequestAborted);
    }

    private static Task SayAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}
