using Sluice.Tubes.Binding;
using Sluice.Tubes.Specification;

namespace Sluice.Tubes;

/// <summary>An asset of a built tube: what is written, with its code.</summary>
public sealed class TubeAsset
{
    internal TubeAsset(AssetSpecification specification, IAssetCode code, IReadOnlyDictionary<string, object?> parameters)
    {
        Specification = specification;
        Code = code;
        Params = parameters;
    }

    /// <summary>The asset's name.</summary>
    public string Id => Specification.Id;

    /// <summary>What is written.</summary>
    public AssetSpecification Specification { get; }

    /// <summary>Its code.</summary>
    public IAssetCode Code { get; }

    /// <summary>The params, inputs filled in.</summary>
    public IReadOnlyDictionary<string, object?> Params { get; }
}
