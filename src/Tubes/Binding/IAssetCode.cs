namespace Sluice.Tubes.Binding;

/// <summary>The code that makes and releases one asset.</summary>
public interface IAssetCode
{
    /// <summary>What the asset is while nobody has made it; usually nothing.</summary>
    object? Idle => null;

    /// <summary>Makes the asset's object.</summary>
    ValueTask<object?> CreateAsync(IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken);

    /// <summary>Releases an object that <see cref="CreateAsync"/> made, or that a node stored in its place.</summary>
    ValueTask ReleaseAsync(object? asset);
}
