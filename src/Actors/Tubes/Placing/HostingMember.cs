namespace Sluice.Actors.Tubes.Placing;

/// <summary>A member that runs nodes of others' tubes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Roles">What it is there for.</param>
/// <param name="IsHere">Whether it is this one: then nodes are called without a message.</param>
/// <param name="Host">Its <see cref="NodeHost"/>.</param>
public sealed record HostingMember(string Name, IReadOnlySet<string> Roles, bool IsHere, IActorRef Host);
