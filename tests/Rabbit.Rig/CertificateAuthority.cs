using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Rabbit.Rig;

/// <summary>An authority of the test's own, in a folder of its own.</summary>
public sealed class CertificateAuthority : IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-ca-").FullName;

    /// <summary>Makes one with a new key.</summary>
    public CertificateAuthority()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Rig authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        _certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        CertificateFile = Path.Combine(_folder, "ca.pem");
        File.WriteAllText(CertificateFile, _certificate.ExportCertificatePem());
    }

    /// <summary>The authority's certificate, in PEM.</summary>
    public string CertificateFile { get; }

    /// <summary>Issues a certificate for a name, for servers and clients, and writes it and its key as PEM.</summary>
    public (string Certificate, string Key) Issue(string folder, string file, string commonName) => Issue(folder, file, commonName, TimeProvider.System.GetUtcNow().AddDays(1));

    /// <summary>Issues a certificate as the other does, one that ends, or has ended, at a time of the last hours or of the days to come.</summary>
    public (string Certificate, string Key) Issue(string folder, string file, string commonName, DateTimeOffset end)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(commonName);
        if (commonName == "localhost")
        {
            names.AddIpAddress(IPAddress.Loopback);
        }
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.Create(_certificate, now.AddHours(-12), end, RandomNumberGenerator.GetBytes(8));
        var (certificateFile, keyFile) = (Path.Combine(folder, file + ".pem"), Path.Combine(folder, file + ".key"));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }

    /// <summary>Issues a client's certificate beside the authority's own.</summary>
    public (string Certificate, string Key) IssueClient(string commonName) => Issue(_folder, commonName, commonName);

    public void Dispose()
    {
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
