namespace Sluice.Conformance.Tests.Clusters;

// Values of nodes' own types.

public sealed record Place(string Name, Spot Spot, Colour? Colour, IReadOnlyList<Spot> Others);

public readonly record struct Spot(int X, double Y);

public enum Colour
{
    Red,
    Blue,
}
