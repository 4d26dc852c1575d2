namespace Sluice.Tubes.Binding.Assets;

/// <summary>
/// Objects of an <see cref="Asset"/> class. One is made when the tube is loaded and used again for scope after scope, so that it may keep what it
/// likes in between; only scopes that overlap get more.
/// </summary>
internal sealed class LivingAsset : IAssetCode
{
    private readonly Lock _gate = new();
    private readonly Type _type;
    private readonly string _assetId;
    private readonly Stack<Asset> _idle = new();
    private readonly List<(Asset Asset, object? Obj)> _living = [];

    public LivingAsset(Type type, string assetId, IReadOnlyDictionary<string, object?> parameters)
    {
        _type = type;
        _assetId = assetId;
        _idle.Push(Make(parameters));
    }

    public object? Idle
    {
        get
        {
            lock (_gate)
            {
                return _idle.TryPeek(out var asset) ? asset.Obj : null;
            }
        }
    }

    public async ValueTask<object?> CreateAsync(IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        Asset? asset;
        lock (_gate)
        {
            _idle.TryPop(out asset);
        }

        asset ??= Make(parameters);
        await asset.Init(cancellationToken).ConfigureAwait(false);
        var made = asset.Obj;
        lock (_gate)
        {
            _living.Add((asset, made));
        }

        return made;
    }

    public async ValueTask ReleaseAsync(object? asset)
    {
        (Asset Asset, object? Obj) found;
        lock (_gate)
        {
            // An object that a node stored in place of ours is not in the list: then it is the newest that ends.
            var index = _living.FindLastIndex(living => ReferenceEquals(living.Obj, asset));
            index = index < 0 ? _living.Count - 1 : index;
            if (index < 0)
            {
                return;
            }

            found = _living[index];
            _living.RemoveAt(index);
        }

        await found.Asset.Deinit().ConfigureAwait(false);
        lock (_gate)
        {
            _idle.Push(found.Asset);
        }
    }

    private Asset Make(IReadOnlyDictionary<string, object?> parameters)
    {
        var left = new Dictionary<string, object?>(parameters);
        var made = (Asset)InstanceMaker.Make(_type, _assetId, left);
        AssetCodes.RefuseRest(left, TypeNames.Full(_type));
        return made;
    }
}
