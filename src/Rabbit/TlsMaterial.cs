using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;

namespace Sluice.Rabbit;

/// <summary>The certificates that settings name, and the verification that they ask for.</summary>
internal sealed class TlsMaterial : IDisposable
{
    private readonly RabbitTlsSettings _settings;
    private readonly X509Certificate2Collection? _authorities;
    private readonly X509Certificate2? _own;

    /// <exception cref="RabbitSettingsException">A file is missing or is no certificate.</exception>
    public TlsMaterial(RabbitTlsSettings settings)
    {
        _settings = settings;
        _authorities = settings.CaFile.Length == 0 ? null : Read("tls.ca-file", settings.CaFile, () =>
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(settings.CaFile);
            return found.Count > 0 ? found : throw new CryptographicException("there is no certificate in it.");
        });
        _own = settings.CertificateFile.Length == 0 ? null : Read(
            "tls.certificate-file",
            settings.CertificateFile,
            () => X509Certificate2.CreateFromPemFile(settings.CertificateFile, settings.KeyFile.Length == 0 ? null : settings.KeyFile));
    }

    public SslOption For(string host) => new()
    {
        Enabled = true,
        ServerName = _settings.ServerName.Length == 0 ? host : _settings.ServerName,
        Certs = _own is null ? null : [_own],
        CertificateValidationCallback = _authorities is null ? null : IsIssuedByTrusted,
    };

    public void Dispose()
    {
        _own?.Dispose();
        foreach (var authority in _authorities ?? [])
        {
            authority.Dispose();
        }
    }

    // The system does not know the authority, so its verdict on the chain is formed again with ours as the only roots; that on the name stands.
    private bool IsIssuedByTrusted(object sender, X509Certificate? certificate, X509Chain? _, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 presented || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities!);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(presented);
    }

    private static T Read<T>(string key, string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new RabbitSettingsException(key, $"'{path}' cannot be used: {fault.Message} Name a readable file in PEM format.", fault);
        }
    }
}
