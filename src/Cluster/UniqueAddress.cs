using Sluice.Kernel.Actor;

namespace Sluice.Cluster;

/// <summary>The address of one life of a member.</summary>
/// <param name="Address"><c>sluice://system@name:incarnation</c>.</param>
/// <param name="Uid">The incarnation again; another one for each life.</param>
public sealed record UniqueAddress(Address Address, int Uid);
