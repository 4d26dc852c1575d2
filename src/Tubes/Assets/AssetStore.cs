using Sluice.Tubes.Scheduling;
using Sluice.Tubes.Specification;
using Sluice.Tubes.Watching;

namespace Sluice.Tubes.Assets;

/// <summary>Makes and releases the objects of a runner's assets, each once per life of its scope.</summary>
internal sealed class AssetStore
{
    private readonly IReadOnlyList<TubeAsset> _assets;
    private readonly object?[] _runner;
    private readonly bool[] _made;
    private readonly bool[] _isCopied;
    private readonly TubeWatch _watch;

    public AssetStore(Tube tube, TubeWatch watch)
    {
        _watch = watch;
        _assets = tube.Assets;
        _runner = new object?[_assets.Count];
        _made = new bool[_assets.Count];
        _isCopied = [.. _assets.Select(asset => asset.Specification.Depends is { } stored && tube.Nodes.Any(node => DependsOn(node, stored)))];
        HasProcess = _assets.Any(asset => asset.Specification.Scope == AssetScope.Process);
    }

    /// <summary>Whether any asset lives for one process call.</summary>
    public bool HasProcess { get; }

    /// <summary>The objects that live now outside of calls, by id; what they are meanwhile where there is none, usually null.</summary>
    public IReadOnlyDictionary<string, object?> Current => _assets
        .Select((asset, index) => (asset.Id, Value: _made[index] ? _runner[index] : asset.Code.Idle))
        .ToDictionary(pair => pair.Id, pair => pair.Value);

    public async ValueTask InitAsync(CancellationToken cancellationToken)
    {
        for (var index = 0; index < _assets.Count; index++)
        {
            if (_assets[index].Specification.Scope == AssetScope.Runner && !_made[index])
            {
                _runner[index] = await CreateAsync(index, cancellationToken).ConfigureAwait(false);
                _made[index] = true;
            }
        }
    }

    public async ValueTask DeinitAsync(List<Exception> failures)
    {
        for (var index = 0; index < _assets.Count; index++)
        {
            if (_made[index])
            {
                var asset = _runner[index];
                (_made[index], _runner[index]) = (false, null);
                await ReleaseAsync(index, asset, failures).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask<object?[]> CreateProcessAsync(CancellationToken cancellationToken)
    {
        var made = new object?[_assets.Count];
        var index = 0;
        try
        {
            for (; index < _assets.Count; index++)
            {
                if (_assets[index].Specification.Scope == AssetScope.Process)
                {
                    made[index] = await CreateAsync(index, cancellationToken).ConfigureAwait(false);
                }
            }

            return made;
        }
        catch
        {
            await ReleaseProcessAsync(made, index, []).ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask ReleaseProcessAsync(object?[] made, List<Exception> failures) => ReleaseProcessAsync(made, made.Length, failures);

    public async ValueTask<object?> CreateAsync(int index, CancellationToken cancellationToken)
    {
        var made = await _assets[index].Code.CreateAsync(_assets[index].Params, cancellationToken).ConfigureAwait(false);
        _watch.Made(_assets[index], made);
        return made;
    }

    public async ValueTask ReleaseAsync(int index, object? asset, List<Exception> failures)
    {
        try
        {
            await _assets[index].Code.ReleaseAsync(asset).ConfigureAwait(false);
            _watch.Released(_assets[index], asset);
        }
        catch (Exception failure)
        {
            // The other assets must be released all the same; the caller reports the first failure when all is done.
            failures.Add(failure);
        }
    }

    /// <summary>The object that nodes of this epoch get.</summary>
    public object? Get(int index, EpochFrame root) =>
        _assets[index].Specification.Scope == AssetScope.Process ? root.ProcessAssets[index] : _runner[index];

    /// <summary>A signal that replaces an asset's object gave a value.</summary>
    public void Store(int index, object? value) => _runner[index] = _isCopied[index] ? DeepCopy.Of(value) : value;

    private async ValueTask ReleaseProcessAsync(object?[] made, int count, List<Exception> failures)
    {
        for (var index = 0; index < count; index++)
        {
            if (_assets[index].Specification.Scope == AssetScope.Process)
            {
                await ReleaseAsync(index, made[index], failures).ConfigureAwait(false);
            }
        }
    }

    private static bool DependsOn(TubeNode node, DependencySpecification stored) =>
        node.Specification.Depends.Entries.Any(entry => entry.Node == stored.Node && entry.Signal == stored.Signal);
}
