namespace Sluice.Rabbit.Rig;

/// <summary>What one node of a broker is started with.</summary>
internal sealed record BrokerPlan(
    string Name, IReadOnlyList<string> Cluster, string Folder, int PortMapper, string Cookie, string User, string Password, BrokerOptions Options);
