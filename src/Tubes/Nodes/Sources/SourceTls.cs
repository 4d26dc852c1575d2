using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sluice.Instruments.Sockets;
using Sluice.Tubes.Runners;

namespace Sluice.Tubes.Nodes.Sources;

/// <summary>What a source node's params say about TLS: who we are when others connect to us, whom we trust when we connect.</summary>
internal sealed class SourceTls(string node, bool isClient, string? certificate, string? key, string? trust)
{
    private SslServerAuthenticationOptions? _server;
    private X509Certificate2Collection? _roots;

    /// <summary>Whether who connects to us has to do so with TLS.</summary>
    public bool IsServer => certificate is not null;

    /// <exception cref="IOException">A file cannot be read, or is not what it should be.</exception>
    public void Load(RunnerContext context)
    {
        if (certificate is not null)
        {
            _server = new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(
                    Read(certificate, context, path => X509Certificate2.CreateFromPemFile(path, key is null ? null : context.PathBesideTube(key))), null),
            };
        }

        if (trust is not null)
        {
            _roots = Read(trust, context, path =>
            {
                var roots = new X509Certificate2Collection();
                roots.ImportFromPemFile(path);
                return roots;
            });
        }
    }

    /// <summary>A connection that somebody made to us, secure if it has to be.</summary>
    public async ValueTask<Stream> ServerAsync(ObservedConnections sockets, Stream stream, CancellationToken cancellationToken) =>
        _server is { } options ? await sockets.SecureAsync(stream, options, cancellationToken).ConfigureAwait(false) : stream;

    /// <summary>A connection that we made, secure if it has to be.</summary>
    public async ValueTask<Stream> ClientAsync(ObservedConnections sockets, Stream stream, string host, CancellationToken cancellationToken) =>
        isClient || _roots is not null
            ? await sockets.SecureAsync(stream, Client(host), cancellationToken).ConfigureAwait(false)
            : stream;

    /// <summary>How to connect to <paramref name="host"/>; to none in particular, where whoever connects says so.</summary>
    public SslClientAuthenticationOptions Client(string? host)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = host };
        if (_roots is { } roots)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }

        return options;
    }

    private T Read<T>(string file, RunnerContext context, Func<string, T> read)
    {
        var path = context.PathBesideTube(file);
        try
        {
            return read(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new IOException($"{node} cannot use {path}: {fault.Message} Give a PEM file; a certificate needs its private key there or in `key`.", fault);
        }
    }
}
