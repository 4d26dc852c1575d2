namespace Sluice.Tubes.Scheduling;

/// <summary>
/// Which nodes are handed the same object of an asset within one epoch. They are called one after another, in the order in which a runner without
/// concurrency calls them: whatever they do to the object then comes out the same on every runner.
/// </summary>
internal sealed class AssetSharers
{
    private readonly int[][] _before;
    private readonly int[][] _after;

    public AssetSharers(TubePlan plan)
    {
        var order = ReadyOrder.Of(plan.NodeArray, plan.SignalArray);
        _before = [.. plan.NodeArray.Select(_ => Array.Empty<int>())];
        _after = [.. plan.NodeArray.Select(_ => Array.Empty<int>())];
        for (var place = 0; place < order.Count; place++)
        {
            var node = order[place];
            if (node.SharedAssets.Count > 0)
            {
                _before[node.Index] = [.. order.Take(place).Where(other => Share(other, node)).Select(other => other.Index)];
                _after[node.Index] = [.. order.Skip(place + 1).Where(other => Share(node, other)).Select(other => other.Index)];
            }
        }
    }

    /// <summary>The nodes that share an asset with this one and are called before it.</summary>
    public int[] Before(int node) => _before[node];

    /// <summary>The nodes that share an asset with this one and are called after it.</summary>
    public int[] After(int node) => _after[node];

    private static bool Share(PlanNode one, PlanNode other) =>
        one.Level == other.Level && one.Kind != NodeKind.Return && other.Kind != NodeKind.Return && one.SharedAssets.Intersect(other.SharedAssets).Any();
}
