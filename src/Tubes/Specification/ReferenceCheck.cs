using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Specification;

/// <summary>Checks that what nodes and assets name exists, and that no node waits for itself.</summary>
internal static class ReferenceCheck
{
    public static void Run(TubeSpecification tube)
    {
        var nodes = tube.Nodes.Select(node => node.Id).ToHashSet();
        var inputs = tube.Inputs.Select(input => input.Id).ToHashSet();
        var assets = tube.Assets.Select(asset => asset.Id).ToHashSet();
        foreach (var node in tube.Nodes)
        {
            foreach (var entry in node.Depends.Entries)
            {
                var (what, name, known) = entry.IsInput ? ("input", entry.Signal, inputs)
                    : entry.IsAsset ? ("asset", entry.Signal, assets)
                    : ("node", entry.Node, nodes);
                Check(entry.Position, node.Key("depends"), $"{node.Id} depends on", what, name, known);
            }

            if (node.Enabled.Input is { } input)
            {
                Check(node.Position, node.Key("enabled"), $"{node.Id} is enabled by", "input", input, inputs);
            }
        }

        foreach (var asset in tube.Assets.Where(asset => asset.Depends is not null))
        {
            Check(asset.Depends!.Position, $"assets.{asset.Id}.depends", $"{asset.Id} depends on", "node", asset.Depends.Node, nodes);
        }

        RefuseCycles(tube);
    }

    private static void Check(SourcePosition position, string key, string who, string what, string name, HashSet<string> known)
    {
        if (!known.Contains(name))
        {
            throw new InvalidTubeException(position, key, $"{who} {what} {name}, which does not exist. {Nearest.Hint(name, known)}");
        }
    }

    private static void RefuseCycles(TubeSpecification tube)
    {
        var nodes = tube.Nodes.ToDictionary(node => node.Id);
        var finished = new HashSet<string>();
        var path = new List<string>();
        foreach (var node in tube.Nodes)
        {
            Visit(node);
        }

        void Visit(NodeSpecification node)
        {
            if (path.IndexOf(node.Id) is var start and >= 0)
            {
                // The path goes against the flow; turned round it reads source -> dependent.
                var cycle = path.Skip(start).Append(node.Id).Reverse();
                throw new InvalidTubeException(node.Position, node.Key("depends"), $"the nodes wait for each other: {string.Join(" -> ", cycle)}; remove one of these dependencies.");
            }

            if (finished.Contains(node.Id))
            {
                return;
            }

            path.Add(node.Id);
            foreach (var entry in node.Depends.Entries.Where(entry => !entry.IsInput && !entry.IsAsset))
            {
                Visit(nodes[entry.Node]);
            }

            path.RemoveAt(path.Count - 1);
            finished.Add(node.Id);
        }
    }
}
