using Sluice.Tubes.Binding.Resolution;
using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Binding.Assets;

/// <summary>Chooses the code for an asset: an <see cref="Asset"/>, any other class, or a factory function.</summary>
internal static class AssetCodes
{
    public static IAssetCode Of(NodeTarget target, string assetId, IReadOnlyDictionary<string, object?> parameters)
    {
        if (target.Method is null)
        {
            return typeof(Asset).IsAssignableFrom(target.Type)
                ? new LivingAsset(target.Type, assetId, parameters)
                : new MadeAsset(given => InstanceMaker.Make(target.Type, assetId, given), TypeNames.Full(target.Type));
        }

        return target.Method.IsStatic
            ? new FactoryAsset(target, assetId, parameters)
            : throw new WiringException($"{target} needs an object: an asset is a class or a static method.");
    }

    /// <exception cref="WiringException">A param has no place.</exception>
    public static void RefuseRest(Dictionary<string, object?> left, string code)
    {
        if (left.Count > 0)
        {
            throw new WiringException($"{code} has no param `{string.Join("`, `", left.Keys)}`.");
        }
    }
}
