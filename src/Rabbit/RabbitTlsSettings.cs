namespace Sluice.Rabbit;

/// <summary>How a connection to a broker is encrypted. The broker's certificate is always verified.</summary>
public sealed record RabbitTlsSettings
{
    /// <summary>Whether to encrypt. What is not encrypted can be read and changed by whoever is between.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The name that the broker's certificate must carry; empty for the host's own.</summary>
    public required string ServerName { get; init; }

    /// <summary>A PEM file of the authorities that are trusted in place of the system's; empty for the system's.</summary>
    public required string CaFile { get; init; }

    /// <summary>The client's certificate, a PEM file; empty for none.</summary>
    public required string CertificateFile { get; init; }

    /// <summary>The certificate's private key, a PEM file; empty when it is in <see cref="CertificateFile"/>.</summary>
    public required string KeyFile { get; init; }
}
