using Sluice.Hocon.Tree;

namespace Sluice.Hocon.Resolving;

/// <summary>
/// The value of one key or list element, found when first asked for. It has the layers that were assigned to the key, oldest first. A reference
/// that comes back to a cell at work looks back: it gets what lies below the layer that asks.
/// </summary>
internal sealed class Cell(IReadOnlyList<Node> layers)
{
    private Head?[]? _results;
    private bool[]? _known;

    public IReadOnlyList<Node> Layers { get; } = layers;

    /// <summary>The layer at work; -1 if none is.</summary>
    public int Active { get; set; } = -1;

    public Node Top => Layers[^1];

    public bool TryGetResult(int layer, out Head? result)
    {
        result = _results?[layer];
        return _known?[layer] ?? false;
    }

    public void SetResult(int layer, Head? result)
    {
        _results ??= new Head?[Layers.Count];
        _known ??= new bool[Layers.Count];
        _results[layer] = result;
        _known[layer] = true;
    }
}
