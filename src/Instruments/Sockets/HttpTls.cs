using System.Net.Security;

namespace Sluice.Instruments.Sockets;

/// <summary>The TLS options that an HTTP handler would use for a connection, so that the handshake can be done and seen here.</summary>
internal static class HttpTls
{
    /// <summary>Null if the connection is not to be secured here: plain HTTP, or a proxy.</summary>
    public static SslClientAuthenticationOptions? OptionsFor(SocketsHttpConnectionContext context, SslClientAuthenticationOptions handlers)
    {
        var request = context.InitialRequestMessage;
        if (request.RequestUri is not { } uri || uri.Scheme is not ("https" or "wss") || !IsDirect(context, uri))
        {
            return null;
        }

        return new SslClientAuthenticationOptions
        {
            TargetHost = handlers.TargetHost ?? request.Headers.Host?.Split(':')[0] ?? uri.IdnHost,
            ApplicationProtocols = ProtocolsFor(request),
            AllowRenegotiation = handlers.AllowRenegotiation,
            AllowTlsResume = handlers.AllowTlsResume,
            CertificateChainPolicy = handlers.CertificateChainPolicy,
            CertificateRevocationCheckMode = handlers.CertificateRevocationCheckMode,
            CipherSuitesPolicy = handlers.CipherSuitesPolicy,
            ClientCertificateContext = handlers.ClientCertificateContext,
            ClientCertificates = handlers.ClientCertificates,
            EnabledSslProtocols = handlers.EnabledSslProtocols,
            EncryptionPolicy = handlers.EncryptionPolicy,
            LocalCertificateSelectionCallback = handlers.LocalCertificateSelectionCallback,
            RemoteCertificateValidationCallback = handlers.RemoteCertificateValidationCallback,
        };
    }

    // The handler asks for a connection to the proxy when there is one, and secures the tunnel through it itself.
    private static bool IsDirect(SocketsHttpConnectionContext context, Uri uri) =>
        context.DnsEndPoint.Port == uri.Port && string.Equals(context.DnsEndPoint.Host, uri.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);

    private static List<SslApplicationProtocol> ProtocolsFor(HttpRequestMessage request)
    {
        var mayBeHttp2 = request.Version.Major >= 2 || request.VersionPolicy == HttpVersionPolicy.RequestVersionOrHigher;
        var mustBeHttp2 = request.Version.Major >= 2 && request.VersionPolicy != HttpVersionPolicy.RequestVersionOrLower;
        return (mayBeHttp2, mustBeHttp2) switch
        {
            (_, true) => [SslApplicationProtocol.Http2],
            (true, _) => [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            _ => [SslApplicationProtocol.Http11],
        };
    }
}
