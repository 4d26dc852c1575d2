using Sluice.Tubes.Nodes;
using Sluice.Tubes.Scheduling;

namespace Sluice.Tubes.Drawing;

/// <summary>A tube as boxes and lines, to be drawn with <see cref="TextDrawing"/> or <see cref="SvgDrawing"/>.</summary>
/// <param name="Title">The tube's id.</param>
/// <param name="Boxes">Inputs first, then assets, then nodes, in the order of the tube.</param>
/// <param name="Edges">What leads where.</param>
public sealed record TubeGraph(string Title, IReadOnlyList<GraphBox> Boxes, IReadOnlyList<GraphEdge> Edges)
{
    /// <summary>The graph of a built tube.</summary>
    /// <param name="tube">The tube.</param>
    /// <param name="open">Whether nested tubes are drawn with what is in them, or folded into one box.</param>
    public static TubeGraph Of(Tube tube, bool open = false)
    {
        ArgumentNullException.ThrowIfNull(tube);
        var inputs = tube.Nodes.Any(node => node.Specification.Depends.Entries.Any(entry => entry.IsInput))
            ? new[] { new GraphBox("input", BoxKind.Input, "", [], [.. tube.Specification.Inputs.Select(input => input.Id)], true) }
            : [];
        var assets = tube.Assets.Select(asset =>
            new GraphBox(asset.Id, BoxKind.Asset, $"{asset.Specification.Type} ({asset.Specification.Scope.ToString().ToLowerInvariant()})", [], [asset.Id], true));
        List<GraphBox> boxes = [.. inputs, .. assets, .. tube.Nodes.Select(node => Box(node, open))];
        var plan = TubePlan.Compile(tube, [.. tube.Nodes.Select(_ => true)]);
        return new TubeGraph(tube.Id, boxes, [.. plan.Nodes.SelectMany(node => Into(node, tube, boxes)), .. Storing(tube, boxes)]);
    }

    private static GraphBox Box(TubeNode node, bool open)
    {
        var entries = node.Specification.Depends.Entries;
        var kind = node.Specification.Type switch
        {
            "map" => BoxKind.Map,
            "gather" => BoxKind.Gather,
            "tube" => BoxKind.Tube,
            "return" => BoxKind.Return,
            _ => entries.Count == 0 ? BoxKind.Source : BoxKind.Node,
        };
        var child = open ? (node.Code as NestedTubeNode)?.Preview : null;
        return new GraphBox(
            node.Id,
            kind,
            kind is BoxKind.Source or BoxKind.Node ? node.Specification.Type : kind == BoxKind.Tube ? (node.Code as NestedTubeNode)?.Child.Id ?? "" : "",
            [.. entries.Select(entry => entry.Slot ?? $"#{entry.Place}")],
            kind == BoxKind.Return ? [] : [.. node.Code.Signals.Select(signal => signal.Name)],
            node.IsEnabled,
            child is null ? null : Of(child, open));
    }

    private static IEnumerable<GraphEdge> Into(PlanNode node, Tube tube, List<GraphBox> boxes)
    {
        var to = boxes.FindIndex(box => box.Id == node.Id && box.Kind > BoxKind.Asset);
        return tube.Nodes[node.Index].Specification.Depends.Entries.Select((entry, slot) =>
        {
            var from = entry.IsInput ? 0 : boxes.FindIndex(box => entry.IsAsset
                ? box.Kind == BoxKind.Asset && box.Id == entry.Signal
                : box.Kind > BoxKind.Asset && box.Id == entry.Node);
            return new GraphEdge(from, LooseName.IndexOf(boxes[from].Signals, name => name, entry.Signal), to, slot, node.Inputs[slot].Required);
        });
    }

    private static IEnumerable<GraphEdge> Storing(Tube tube, List<GraphBox> boxes)
    {
        foreach (var asset in tube.Assets.Where(asset => asset.Specification.Depends is not null))
        {
            var stored = asset.Specification.Depends!;
            var from = boxes.FindIndex(box => box.Kind > BoxKind.Asset && box.Id == stored.Node);
            var signal = LooseName.IndexOf(boxes[from].Signals, name => name, stored.Signal);
            if (signal >= 0)
            {
                yield return new GraphEdge(from, signal, boxes.FindIndex(box => box.Kind == BoxKind.Asset && box.Id == asset.Id), -1, false);
            }
        }
    }
}
