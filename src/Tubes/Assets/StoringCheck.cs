using Sluice.Tubes.Errors;
using Sluice.Tubes.Specification;

namespace Sluice.Tubes.Assets;

/// <summary>Refuses nodes that take an asset as late as, or later than, the node whose signal replaces it: they could not know which one they get.</summary>
internal static class StoringCheck
{
    public static void Run(TubeSpecification tube)
    {
        var stored = tube.Assets.Where(asset => asset.Depends is not null).ToList();
        if (stored.Count == 0)
        {
            return;
        }

        var layers = Layers(tube);
        foreach (var asset in stored)
        {
            var storing = asset.Depends!.Node;
            if (tube.Nodes.FirstOrDefault(node => node.Id != storing && layers[node.Id] >= layers[storing] && Takes(node, asset)) is { } late)
            {
                throw new InvalidTubeException(
                    late.Depends.Position,
                    late.Key("depends"),
                    $"{late.Id} takes the asset {asset.Id}, which {asset.Depends} replaces in the same step or before; make {storing} depend on {late.Id}, or let {late.Id} take {asset.Depends} instead.");
            }
        }
    }

    private static bool Takes(NodeSpecification node, AssetSpecification asset) =>
        node.Depends.Entries.Any(entry => entry.IsAsset && entry.Signal == asset.Id);

    /// <summary>How many steps after the start each node runs at the earliest; inputs and assets count as a step.</summary>
    private static Dictionary<string, int> Layers(TubeSpecification tube)
    {
        var nodes = tube.Nodes.ToDictionary(node => node.Id);
        var layers = new Dictionary<string, int>();
        foreach (var node in tube.Nodes)
        {
            Layer(node);
        }

        return layers;

        int Layer(NodeSpecification node)
        {
            if (!layers.TryGetValue(node.Id, out var layer))
            {
                layer = node.Depends.Entries.Select(entry => entry.IsInput || entry.IsAsset ? 1 : Layer(nodes[entry.Node]) + 1).DefaultIfEmpty(0).Max();
                layers[node.Id] = layer;
            }

            return layer;
        }
    }
}
