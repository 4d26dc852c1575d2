using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Wire;

/// <summary>Refs as texts and back, seen from one member.</summary>
internal interface IRefTexts
{
    /// <summary>The path with the address that other members know it by, and its uid.</summary>
    string FullText(IActorRef actor);

    /// <summary>The address of this member.</summary>
    Address Own { get; }

    /// <summary>The ref for a text that another member wrote; a text that starts with <c>/</c> lies at the address given.</summary>
    /// <returns><c>null</c> for a text that is no path.</returns>
    IActorRef? Resolve(string text, Address relativeTo);
}
