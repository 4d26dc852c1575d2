using Sluice.Rabbit.Rig;

namespace Sluice.Cluster.RabbitMq.Tests.Faults;

/// <summary>The ways between three members and their broker.</summary>
internal interface IFaultyNetwork : IAsyncDisposable
{
    /// <summary>What it is made of, for the table.</summary>
    string Kind { get; }

    Broker Broker { get; }

    string[] HostsFor(string member);

    IReadOnlyList<string> On(string member);

    void Cut(string member);

    void CutOutgoing(string member);

    void Lose(string member, double part);

    void Heal(string member);
}
