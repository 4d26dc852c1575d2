namespace Sluice.Rabbit.Rig;

/// <summary>What a test may want of its brokers.</summary>
public sealed record BrokerOptions
{
    /// <summary>How many nodes form the cluster.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Where nodes listen.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Listens with TLS beside plain TCP when given; clients without a certificate of this authority's are turned away.</summary>
    public CertificateAuthority? Tls { get; init; }

    /// <summary>Put in front of every command: <c>ip netns exec NAME</c>.</summary>
    public IReadOnlyList<string> Prefix { get; init; } = [];
}
