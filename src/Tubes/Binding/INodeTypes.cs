namespace Sluice.Tubes.Binding;

/// <summary>Finds the code that a tube's <c>type</c> entries name.</summary>
public interface INodeTypes
{
    /// <summary>Makes the code of a node.</summary>
    /// <exception cref="Errors.UnknownNodeTypeException">Nothing has this name; says what is most like it.</exception>
    /// <exception cref="Errors.WiringException">The params do not fit.</exception>
    INodeCode BindNode(string type, string nodeId, IReadOnlyDictionary<string, object?> parameters);

    /// <summary>Makes the code of an asset.</summary>
    /// <exception cref="Errors.UnknownNodeTypeException">Nothing has this name; says what is most like it.</exception>
    /// <exception cref="Errors.WiringException">The params do not fit.</exception>
    IAssetCode BindAsset(string type, string assetId, IReadOnlyDictionary<string, object?> parameters);
}
