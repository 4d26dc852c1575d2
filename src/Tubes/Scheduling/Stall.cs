using Sluice.Tubes.Binding;
using Sluice.Tubes.Specification;
using Sluice.Tubes.Watching;

namespace Sluice.Tubes.Scheduling;

/// <summary>Says what an epoch that goes nowhere waits for.</summary>
internal static class Stall
{
    public static IReadOnlyList<string> Describe(TubePlan plan, EpochFrame root)
    {
        var lines = new List<string>();
        Describe(plan, root, lines);
        return lines;
    }

    /// <summary>Tells of every slot that a node waits for: of all nodes, or once of those that have part of their inputs.</summary>
    public static void Tell(EpochFrame frame, TubeWatch watch, bool all)
    {
        foreach (var node in frame.Plan.NodeArray)
        {
            ref var mark = ref frame.Marks[node.Index];
            if (mark.State != NodeState.Waiting || (!all && (mark.IsTold || mark.Pending == SignalInputs(node))))
            {
                continue;
            }

            mark.IsTold = true;
            foreach (var input in node.InputArray)
            {
                if (input.Kind == SourceKind.Signal && IsUnknown(frame.Plan, frame, input.Index))
                {
                    watch.Stalled(frame, node, SlotName(node, input));
                }
            }
        }

        foreach (var element in frame.Children.SelectMany(map => map.Elements).Where(element => !element.IsEnded))
        {
            Tell(element, watch, all);
        }
    }

    private static void Describe(TubePlan plan, EpochFrame frame, List<string> lines)
    {
        foreach (var node in plan.Nodes)
        {
            var line = frame.Marks[node.Index].State switch
            {
                NodeState.Waiting => $"{node.Id} (epoch {frame.Epoch}) waits for {string.Join(", ", Missing(plan, frame, node))}",
                NodeState.Held => $"{node.Id} (epoch {frame.Epoch}) waits for its call in an earlier epoch",
                NodeState.Ready => $"{node.Id} (epoch {frame.Epoch}) is ready, but was not called",
                NodeState.Out => $"{node.Id} (epoch {frame.Epoch}) was taken, but not called or not completed",
                _ => null,
            };
            if (line is not null)
            {
                lines.Add(line);
            }
        }

        foreach (var element in frame.Children.SelectMany(map => map.Elements).Where(element => !element.IsEnded))
        {
            Describe(plan, element, lines);
        }
    }

    private static IEnumerable<string> Missing(TubePlan plan, EpochFrame frame, PlanNode node)
    {
        var depends = plan.Tube.Nodes[node.Index].Specification.Depends.Entries;
        return node.Inputs
            .Select((input, index) => (input, depends[index]))
            .Where(pair => pair.input.Kind == SourceKind.Signal && IsUnknown(plan, frame, pair.input.Index))
            .Select(pair => Sentence(pair.Item2));
    }

    private static int SignalInputs(PlanNode node) => node.InputArray.Count(input => input.Kind == SourceKind.Signal);

    private static string SlotName(PlanNode node, PlanInput input) =>
        int.TryParse(input.Name, out var place) && node.Code.Slots.ElementAtOrDefault(place) is { Kind: SlotKind.Named } slot ? slot.Name : input.Name;

    private static string Sentence(DependencySpecification entry) =>
        entry.Slot is null ? $"position {entry.Place} from {entry}" : $"slot {entry.Slot} from {entry}";

    private static bool IsUnknown(TubePlan plan, EpochFrame frame, int signal) =>
        frame.HomeOf(plan.SignalArray[signal].Home!).Cells[signal].State == SignalState.Unknown;
}
