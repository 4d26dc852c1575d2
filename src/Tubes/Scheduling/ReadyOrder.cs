namespace Sluice.Tubes.Scheduling;

/// <summary>The order in which the nodes of an epoch become ready when every signal comes: what the scheduler gives, known beforehand.</summary>
internal static class ReadyOrder
{
    public static IReadOnlyList<PlanNode> Of(IReadOnlyList<PlanNode> nodes, IReadOnlyList<PlanSignal> signals)
    {
        var order = new List<PlanNode>(nodes.Count);
        var pending = nodes.Select(node => node.Inputs.Count(input => input.Kind == SourceKind.Signal)).ToArray();
        order.AddRange(nodes.Where(node => !node.IsDead && pending[node.Index] == 0));
        for (var next = 0; next < order.Count; next++)
        {
            var node = order[next];
            for (var signal = node.FirstSignal; signal < node.FirstSignal + node.SignalCount; signal++)
            {
                order.AddRange(signals[signal].Dependents.Where(edge => --pending[edge.Node] == 0).Select(edge => nodes[edge.Node]));
            }
        }

        return order;
    }
}
