using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Sluice.Instruments.Sockets;

namespace Sluice.Instruments.Tests.Sockets;

/// <summary>A real HTTP client against a real Kestrel on loopback.</summary>
public sealed class HttpSpecs : IAsyncLifetime, IDisposable
{
    private readonly TestCertificate _certificate = new();
    private readonly SocketWatcher _watcher = new();
    private WebApplication _server = null!;
    private int _plainPort;
    private int _securePort;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            options.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(_certificate.Certificate);
            });
        });
        _server = builder.Build();
        _server.MapGet("/", (HttpRequest request) => $"hello over {request.Protocol}");
        await _server.StartAsync();
        var ports = _server.Urls.Select(url => new Uri(url)).ToLookup(url => url.Scheme, url => url.Port);
        (_plainPort, _securePort) = (ports["http"].Single(), ports["https"].Single());
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public async Task An_HTTP_handlers_connections_are_seen()
    {
        using var scope = _watcher.Enter();
        using var client = new HttpClient(ObservedConnections.Observe(new SocketsHttpHandler()));

        (await client.GetStringAsync($"http://127.0.0.1:{_plainPort}/").Within()).ShouldBe("hello over HTTP/1.1");
        client.Dispose();
        await Deadline.Until(() => _watcher.Order.Contains("closed"));

        _watcher.Order.Take(3).ShouldBe(["connect start", "connected", "sent"]);
        _watcher.ConnectStart.Target.ShouldBe(new DnsEndPoint("127.0.0.1", _plainPort));
        Encoding.ASCII.GetString(_watcher.Sent).ShouldStartWith("GET / HTTP/1.1");
        Encoding.ASCII.GetString(_watcher.Received).ShouldContain("hello over HTTP/1.1");
    }

    [Theory]
    [InlineData(1, HttpVersionPolicy.RequestVersionOrLower, "hello over HTTP/1.1")]
    [InlineData(2, HttpVersionPolicy.RequestVersionOrLower, "hello over HTTP/2")]
    [InlineData(2, HttpVersionPolicy.RequestVersionExact, "hello over HTTP/2")]
    public async Task An_HTTPS_handlers_handshakes_are_seen(int version, HttpVersionPolicy policy, string answer)
    {
        using var scope = _watcher.Enter();
        using var handler = new SocketsHttpHandler { SslOptions = _certificate.Client };
        using var client = new HttpClient(ObservedConnections.Observe(handler))
        {
            DefaultRequestVersion = new Version(version, version == 1 ? 1 : 0),
            DefaultVersionPolicy = policy,
        };

        (await client.GetStringAsync($"https://127.0.0.1:{_securePort}/").Within()).ShouldBe(answer);

        _watcher.Order.ShouldContain("handshake");
        _watcher.Handshake.ServerName.ShouldBe(TestCertificate.Host);
    }

    [Fact]
    public void Instruments_2_4_With_none_active_a_handler_is_left_as_it_is()
    {
        using var handler = new SocketsHttpHandler();

        ObservedConnections.Observe(handler).ConnectCallback.ShouldBeNull();
    }
}
