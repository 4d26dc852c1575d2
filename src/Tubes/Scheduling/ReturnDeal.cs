namespace Sluice.Tubes.Scheduling;

/// <summary>
/// Where a return node runs that returns the list of a gather below a map. As in the reference, it runs once around the map when the list is there
/// and no element was dropped; else it runs in the elements: first in those that were dropped, and then, when there is no list, in the others, so
/// that the result has a no-event for each that the gather kept. A list that comes although elements were dropped is not returned.
/// </summary>
internal static class ReturnDeal
{
    /// <summary>The elements that it runs in first, and how many there are in all; none when it runs around them.</summary>
    public static (List<EpochFrame> First, int All) Begin(TubePlan plan, EpochFrame frame, PlanNode node)
    {
        if (node.Gather < 0 || frame.Level != node.Level || GatherOf(plan, node).Level!.Parent != frame.Level)
        {
            return ([], 0);
        }

        var (dropped, kept) = (Elements(plan, frame, node, areDropped: true), Elements(plan, frame, node, areDropped: false));
        var others = frame.Cells[GatherOf(plan, node).FirstSignal].State == SignalState.Present ? 0 : kept.Count;
        return (dropped.Count > 0 ? dropped : others > 0 ? kept : [], dropped.Count + others);
    }

    /// <summary>The elements that it runs in next, when so many are left.</summary>
    public static List<EpochFrame> Next(TubePlan plan, EpochFrame frame, PlanNode node, int left)
    {
        var kept = Elements(plan, frame, node, areDropped: false);
        return kept.Count == left && kept[0].Marks[node.Index].State == NodeState.Outside ? kept : [];
    }

    private static PlanNode GatherOf(TubePlan plan, PlanNode node) => plan.NodeArray[node.Gather];

    private static List<EpochFrame> Elements(TubePlan plan, EpochFrame frame, PlanNode node, bool areDropped) =>
        frame.ElementsFor(GatherOf(plan, node).Level!)?.FindAll(element => element.Marks[node.Gather].State == NodeState.Skipped == areDropped) ?? [];
}
