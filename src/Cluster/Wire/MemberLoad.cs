namespace Sluice.Cluster.Wire;

/// <summary>How much a member has to do, as it said with its last heartbeat.</summary>
/// <param name="Cpu">The share of the machine's processors that its process uses: 0 to 1.</param>
/// <param name="MemoryBytes">The memory of its process.</param>
/// <param name="Shards">Shards that are active on it.</param>
/// <param name="MessagesPerSecond">Messages to and from other members.</param>
public readonly record struct MemberLoad(double Cpu, long MemoryBytes, int Shards, double MessagesPerSecond);
