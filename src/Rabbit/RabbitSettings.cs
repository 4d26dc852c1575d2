namespace Sluice.Rabbit;

/// <summary>Where a broker is and how a program shows that it may come in. Secrets are never in it, only where to find them.</summary>
public sealed record RabbitSettings
{
    /// <summary>The broker's nodes as <c>host</c> or <c>host:port</c>, tried one after the other; without a port 5671 with TLS, 5672 without.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>The virtual host.</summary>
    public required string VirtualHost { get; init; }

    /// <summary>How the program shows who it is.</summary>
    public required RabbitAuthentication Authentication { get; init; }

    /// <summary>The environment variable that holds the user's name.</summary>
    public required string UserVariable { get; init; }

    /// <summary>The environment variable that holds the password.</summary>
    public required string PasswordVariable { get; init; }

    /// <summary>A file that holds the password (a container's secret); wins over <see cref="PasswordVariable"/>. Empty for none.</summary>
    public required string PasswordFile { get; init; }

    /// <summary>
    /// How often both sides show that they are alive, in whole seconds. The broker gives up on a silent client after two to three times as long.
    /// </summary>
    public required TimeSpan Heartbeat { get; init; }

    /// <summary>How long connecting to one node may take.</summary>
    public required TimeSpan ConnectTimeout { get; init; }

    /// <summary>Encryption.</summary>
    public required RabbitTlsSettings Tls { get; init; }
}
