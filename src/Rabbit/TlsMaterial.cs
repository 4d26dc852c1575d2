using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
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

    public SslOption For(string host)
    {
        var name = _settings.ServerName.Length == 0 ? host : _settings.ServerName;
        return new()
        {
            Enabled = true,
            ServerName = name,
            Certs = _own is null ? null : [_own],
            CertificateValidationCallback = (_, certificate, chain, errors) => Verify(name, certificate, chain, errors),
        };
    }

    public void Dispose()
    {
        _own?.Dispose();
        foreach (var authority in _authorities ?? [])
        {
            authority.Dispose();
        }
    }

    // Throws instead of saying no: what the runtime says then is "rejected by the callback", and nobody learns why.
    private bool Verify(string name, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 presented)
        {
            throw new AuthenticationException("the broker presents no certificate, but tls is enabled");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            throw new AuthenticationException(
                $"the broker's certificate is for {Names(presented)}, not for '{name}': set tls.server-name, or give the broker a certificate that carries the name");
        }

        if (_authorities is not null)
        {
            VerifyChain(presented);
        }
        else if (errors != SslPolicyErrors.None)
        {
            throw Distrusted(presented, chain?.ChainStatus ?? [], "that this system trusts; name the authority in tls.ca-file");
        }

        return true;
    }

    // The system does not know the authority, so its verdict on the chain is formed again with ours as the only roots; that on the name stands.
    private void VerifyChain(X509Certificate2 presented)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities!);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (!chain.Build(presented))
        {
            throw Distrusted(presented, chain.ChainStatus, $"in tls.ca-file ('{_settings.CaFile}')");
        }
    }

    private static AuthenticationException Distrusted(X509Certificate2 presented, X509ChainStatus[] faults, string authorities)
    {
        var kinds = faults.Aggregate(X509ChainStatusFlags.NoError, (all, fault) => all | fault.Status);
        return new(
            (kinds & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid)) != 0
                ? $"the broker's certificate was not issued by an authority {authorities}"
            : kinds.HasFlag(X509ChainStatusFlags.NotTimeValid)
                ? string.Create(CultureInfo.InvariantCulture, $"the broker's certificate is valid from {presented.NotBefore:u} to {presented.NotAfter:u} only: renew it, or set the clock")
            : $"the broker's certificate does not hold: {string.Join(' ', faults.Select(fault => fault.StatusInformation.Trim()))}");
    }

    private static string Names(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames()).ToArray() is { Length: > 0 } names
            ? string.Join(", ", names.Select(name => $"'{name}'"))
            : $"'{certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)}'";

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
