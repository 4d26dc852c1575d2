using Sluice.Instruments.Sockets;

namespace Sluice.Exporters.Sinks.Http;

/// <summary>The connection pool that all HTTP sinks share. Connections are renewed every few minutes, so that a changed DNS entry is noticed.</summary>
public sealed class HttpConnections : IDisposable
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly SocketsHttpHandler _handler = ObservedConnections.Observe(new SocketsHttpHandler
    {
        // A redirected POST would become a GET, or be sent somewhere nobody configured.
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = ConnectionLifetime,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
    });

    /// <summary>Makes connections with the system's trust and proxy settings, seen by the instruments that are active now.</summary>
    public HttpConnections() => Invoker = new HttpMessageInvoker(_handler, disposeHandler: false);

    internal HttpMessageInvoker Invoker { get; }

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        Invoker.Dispose();
        _handler.Dispose();
    }
}
