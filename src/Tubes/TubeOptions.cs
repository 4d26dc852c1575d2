using Sluice.Tubes.Binding;
using Sluice.Tubes.Specification;

namespace Sluice.Tubes;

/// <summary>What a tube is built with.</summary>
public sealed record TubeOptions
{
    /// <summary>Nothing given.</summary>
    public static TubeOptions None { get; } = new();

    /// <summary>Inputs by name. Those of scope process are defaults for every process call.</summary>
    public IReadOnlyDictionary<string, object?> Inputs { get; init; } = new Dictionary<string, object?>();

    /// <summary>Where nested tubes are looked up; null when there are none.</summary>
    public TubeLibrary? Library { get; init; }

    /// <summary>Says where the nodes' code runs; null for here.</summary>
    public INodePlacing? Placing { get; init; }

    /// <summary>Tubes around this one, outermost first; a tube that contains itself is refused.</summary>
    internal IReadOnlyList<string> Around { get; init; } = [];
}
