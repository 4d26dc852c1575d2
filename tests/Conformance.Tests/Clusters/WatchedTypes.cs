using System.Collections.Concurrent;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Travel;

namespace Sluice.Conformance.Tests.Clusters;

/// <summary>A member's node types, which count what runs there.</summary>
internal sealed class WatchedTypes : INodeTypes
{
    private readonly NodeTypes _types = new([typeof(ClusterNodes).Assembly, typeof(Sluice.Testing.Nodes.Noob.Functions).Assembly]);

    /// <summary>Calls by node.</summary>
    public ConcurrentDictionary<string, int> Calls { get; } = [];

    /// <summary>Nodes that were bound here, in order.</summary>
    public ConcurrentQueue<string> Bound { get; } = [];

    /// <summary>How many nodes have been made here and not released.</summary>
    public int Living => _living;

    private int _living;

    public INodeCode BindNode(string type, string nodeId, IReadOnlyDictionary<string, object?> parameters)
    {
        Bound.Enqueue(nodeId);
        Interlocked.Increment(ref _living);
        return new Code(this, nodeId, _types.BindNode(type, nodeId, parameters));
    }

    public IAssetCode BindAsset(string type, string assetId, IReadOnlyDictionary<string, object?> parameters) => _types.BindAsset(type, assetId, parameters);

    private sealed class Code(WatchedTypes types, string id, INodeCode code) : INodeCode, IAsyncDisposable
    {
        public IReadOnlyList<Slot> Slots => code.Slots;

        public IReadOnlyList<Signal> Signals => code.Signals;

        public bool IsStateful => code.IsStateful;

        public bool IsSource => code.IsSource;

        public ValueTypes ValueTypes => code.ValueTypes;

        public void Wire(IReadOnlyList<InputWire> wires) => code.Wire(wires);

        public ValueTask InitAsync(RunnerContext context, CancellationToken cancellationToken) => code.InitAsync(context, cancellationToken);

        public ValueTask DeinitAsync(CancellationToken cancellationToken) => code.DeinitAsync(cancellationToken);

        public ValueTask CallAsync(object?[] inputs, object?[] results, NodeCall call)
        {
            types.Calls.AddOrUpdate(id, 1, (_, count) => count + 1);
            return code.CallAsync(inputs, results, call);
        }

        public async ValueTask DisposeAsync()
        {
            Interlocked.Decrement(ref types._living);
            if (code is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync();
            }
        }
    }
}
