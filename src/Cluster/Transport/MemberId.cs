namespace Sluice.Cluster.Transport;

/// <summary>Names one life of a member: a process that joins again under the same name has another incarnation.</summary>
/// <param name="Name">Unique among the living members of a cluster: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
/// <param name="Incarnation">Above zero, drawn at random for each join.</param>
public readonly record struct MemberId(string Name, int Incarnation)
{
    /// <summary>Reads <c>name:incarnation</c>, the host and port of the member's address.</summary>
    public override string ToString() => Incarnation == 0 ? Name : $"{Name}:{Incarnation}";
}
