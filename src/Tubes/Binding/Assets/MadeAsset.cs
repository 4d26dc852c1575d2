namespace Sluice.Tubes.Binding.Assets;

/// <summary>An object of a plain class, made anew each time and disposed if it can be.</summary>
internal sealed class MadeAsset(Func<Dictionary<string, object?>, object> make, string code) : IAssetCode
{
    public ValueTask<object?> CreateAsync(IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        var left = new Dictionary<string, object?>(parameters);
        var made = make(left);
        AssetCodes.RefuseRest(left, code);
        return new ValueTask<object?>(made);
    }

    public ValueTask ReleaseAsync(object? asset) => Disposal.DisposeAsync(asset);
}
