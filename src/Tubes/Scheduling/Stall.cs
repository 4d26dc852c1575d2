using Sluice.Tubes.Specification;

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

    private static string Sentence(DependencySpecification entry) =>
        entry.Slot is null ? $"position {entry.Place} from {entry}" : $"slot {entry.Slot} from {entry}";

    private static bool IsUnknown(TubePlan plan, EpochFrame frame, int signal) =>
        frame.HomeOf(plan.SignalArray[signal].Home!).Cells[signal].State == SignalState.Unknown;
}
