using Sluice.Tubes.Binding.Calls;
using Sluice.Tubes.Binding.Resolution;
using Sluice.Tubes.Runners;

namespace Sluice.Tubes.Binding.Assets;

/// <summary>The result of a function, at once or awaited; disposed if it can be.</summary>
internal sealed class FactoryAsset : IAssetCode
{
    private static readonly RunnerContext NoRunner = new() { RunnerId = "", TubeId = "" };

    private readonly NodeTarget _target;
    private readonly string _assetId;

    public FactoryAsset(NodeTarget target, string assetId, IReadOnlyDictionary<string, object?> parameters)
    {
        _target = target;
        _assetId = assetId;
        Bind(parameters); // mistakes show when the tube is loaded
    }

    public async ValueTask<object?> CreateAsync(IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        var results = new object?[1];
        var call = new NodeCall(NoRunner);
        call.Begin(default, cancellationToken);
        await Bind(parameters).CallAsync([], results, call).ConfigureAwait(false);
        return results[0];
    }

    public ValueTask ReleaseAsync(object? asset) => Disposal.DisposeAsync(asset);

    private MethodNode Bind(IReadOnlyDictionary<string, object?> parameters)
    {
        var factory = new MethodNode(_target, _assetId, parameters, isFactory: true);
        factory.Wire([]);
        return factory;
    }
}
