using Sluice.Tubes.Specification;

namespace Sluice.Tubes.Binding;

/// <summary>A node that may run elsewhere.</summary>
/// <param name="Tube">The tube's id.</param>
/// <param name="Specification">What is written.</param>
/// <param name="Placement">Where it shall run: what the node says, or else the tube; null when neither does.</param>
/// <param name="Params">Its params, inputs filled in.</param>
/// <param name="UsesAssets">Whether it depends on an asset, which is an object of this process.</param>
/// <param name="Code">Its code, bound here.</param>
public sealed record NodeToPlace(
    string Tube, NodeSpecification Specification, Placement? Placement, IReadOnlyDictionary<string, object?> Params, bool UsesAssets, INodeCode Code)
{
    /// <summary>Whether its calls come in the order of epochs.</summary>
    public bool IsStateful => Specification.Stateful ?? Code.IsStateful;
}
