using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Specification;

/// <summary>One thing that a node depends on: a signal of another node, an input or an asset.</summary>
/// <param name="Node">The other node, or <c>input</c> or <c>assets</c>.</param>
/// <param name="Signal">Its signal, or the input's or asset's name.</param>
/// <param name="Slot">The slot it goes to; null when given by position.</param>
/// <param name="Place">The position among the positional entries, from 0; null when given by slot.</param>
/// <param name="Position">Where it stands.</param>
public sealed record DependencySpecification(string Node, string Signal, string? Slot, int? Place, SourcePosition Position)
{
    /// <summary>The node id that stands for the tube's inputs.</summary>
    public const string Input = "input";

    /// <summary>The node id that stands for the tube's assets.</summary>
    public const string Assets = "assets";

    /// <summary>Whether it names an input.</summary>
    public bool IsInput => Node == Input;

    /// <summary>Whether it names an asset.</summary>
    public bool IsAsset => Node == Assets;

    /// <inheritdoc/>
    public override string ToString() => $"{Node}.{Signal}";
}
