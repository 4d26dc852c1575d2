using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sluice.Exporters.Tests;

namespace Sluice.Host.Tests.Observing;

/// <summary>A collector of OpenTelemetry that takes nothing, each in its own way.</summary>
internal sealed class MisbehavingCollector : IAsyncDisposable
{
    private readonly WebApplication? _server;
    private readonly TcpListener? _silent;
    private readonly X509Certificate2? _certificate;
    private int _requests;

    private MisbehavingCollector(Func<HttpContext, Task> answer, X509Certificate2? certificate)
    {
        _certificate = certificate;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        _server = builder.Build();
        _server.Run(http =>
        {
            Interlocked.Increment(ref _requests);
            return answer(http);
        });
    }

    private MisbehavingCollector(TcpListener silent) => _silent = silent;

    public string Address => _server?.Urls.First() ?? $"http://{_silent!.LocalEndpoint}";

    /// <summary>Requests that were read as such.</summary>
    public int Requests => _requests;

    /// <summary>Starts one by the name of its misbehaviour.</summary>
    public static async Task<MisbehavingCollector> StartAsync(string how)
    {
        if (how == "accepts and never answers")
        {
            // The system completes connections by itself; nobody ever reads from them.
            var silent = new TcpListener(IPAddress.Loopback, 0);
            silent.Start();
            return new MisbehavingCollector(silent);
        }

        var collector = how switch
        {
            "answers 503 with Retry-After" => new MisbehavingCollector(UnavailableAsync, null),
            "resets the connection in the middle of the body" => new MisbehavingCollector(ResetAsync, null),
            "has a certificate that nobody trusts" => new MisbehavingCollector(_ => Task.CompletedTask, Certificates.SelfSigned()),
            _ => throw new ArgumentOutOfRangeException(nameof(how), how, null),
        };
        await collector._server!.StartAsync();
        return collector;
    }

    public async ValueTask DisposeAsync()
    {
        _silent?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _certificate?.Dispose();
    }

    private static async Task UnavailableAsync(HttpContext http)
    {
        await http.Request.Body.CopyToAsync(Stream.Null);
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = "3600";
    }

    private static async Task ResetAsync(HttpContext http)
    {
        await http.Request.Body.ReadExactlyAsync(new byte[16]);
        http.Abort();
    }
}
