using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Instruments.Tests.Sockets;

/// <summary>A certificate for <c>sluice.test</c> that lives as long as the test, and the options to trust just it.</summary>
internal sealed class TestCertificate : IDisposable
{
    public const string Host = "sluice.test";

    private readonly X509Certificate2 _certificate = Make();

    public SslServerAuthenticationOptions Server => new() { ServerCertificate = _certificate };

    public SslClientAuthenticationOptions Client => new()
    {
        TargetHost = Host,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.GetCertHashString(),
    };

    public X509Certificate2 Certificate => _certificate;

    public void Dispose() => _certificate.Dispose();

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
