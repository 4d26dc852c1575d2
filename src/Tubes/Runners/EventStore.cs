using Sluice.Tubes.Epochs;
using Sluice.Tubes.Events;
using Sluice.Tubes.Scheduling;

namespace Sluice.Tubes.Runners;

/// <summary>Looks events up in the state of a root epoch.</summary>
internal static class EventStore
{
    public static IReadOnlyList<TubeEvent> All(EpochFrame root)
    {
        var events = new List<TubeEvent>();
        Collect(root, events);
        events.Sort((left, right) => left.Id.CompareTo(right.Id));
        return events;
    }

    public static TubeEvent? Get(EpochFrame root, string node, string signal, Epoch? epoch)
    {
        var number = root.Plan.Signals.FirstOrDefault(known => known.Name == signal && root.Plan.Nodes[known.Node].Id == node)?.Index;
        if (number is null)
        {
            return null;
        }

        var frames = Frames(root).Where(frame => frame.Cells[number.Value].IsEmitted);
        var found = epoch is { } asked
            ? frames.Where(frame => frame.Epoch == asked || asked.IsBelow(frame.Epoch)).MaxBy(frame => frame.Epoch.Depth)
            : frames.MaxBy(frame => frame.Epoch);
        return found?.Event(number.Value);
    }

    private static void Collect(EpochFrame root, List<TubeEvent> events)
    {
        foreach (var frame in Frames(root))
        {
            for (var signal = 0; signal < frame.Cells.Length; signal++)
            {
                if (frame.Cells[signal].IsEmitted)
                {
                    events.Add(frame.Event(signal));
                }
            }
        }
    }

    private static IEnumerable<EpochFrame> Frames(EpochFrame frame) =>
        frame.Children.SelectMany(map => map.Elements).SelectMany(Frames).Prepend(frame);
}
