namespace Sluice.Actors.Tubes.Placing;

/// <summary>The members that run nodes of others' tubes. Implemented where the cluster is known; here nobody can tell where a ref leads.</summary>
public interface INodeHosts
{
    /// <summary>Those that live now, this one included where it takes part.</summary>
    IReadOnlyList<HostingMember> Living { get; }
}
