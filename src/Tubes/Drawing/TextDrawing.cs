using System.Text;

namespace Sluice.Tubes.Drawing;

/// <summary>A graph as lines of text: each box with where its slots come from and where its signals go, sources first.</summary>
public static class TextDrawing
{
    /// <summary>Draws it. Optional slots are written with a question mark, disabled nodes in parentheses.</summary>
    public static string Draw(TubeGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var text = new StringBuilder();
        Draw(graph, "", text);
        return text.ToString();
    }

    private static void Draw(TubeGraph graph, string indent, StringBuilder text)
    {
        text.Append(indent).Append(graph.Title).Append('\n');
        var layers = GraphLayers.Of(graph);
        foreach (var index in Enumerable.Range(0, graph.Boxes.Count).OrderBy(index => layers[index]))
        {
            Box(graph, index, indent, text);
        }
    }

    private static void Box(TubeGraph graph, int index, string indent, StringBuilder text)
    {
        var box = graph.Boxes[index];
        var name = box.IsEnabled ? box.Id : $"({box.Id}, disabled)";
        text.Append(indent).Append('\n').Append(indent).Append(Mark(box.Kind)).Append(' ').Append(name).Append("  ").Append(What(box)).Append('\n');
        foreach (var edge in graph.Edges.Where(edge => edge.To == index))
        {
            var slot = edge.IsStoring ? "next" : box.Slots[edge.Slot] + (edge.IsRequired ? "" : "?");
            text.Append(indent).Append("    ").Append(slot).Append(" ◂─ ").Append(Source(graph, edge)).Append('\n');
        }

        for (var signal = 0; signal < box.Signals.Count; signal++)
        {
            var targets = graph.Edges.Where(edge => edge.From == index && edge.Signal == signal)
                .Select(edge => edge.IsStoring ? $"{graph.Boxes[edge.To].Id} (next epoch)" : $"{graph.Boxes[edge.To].Id}.{graph.Boxes[edge.To].Slots[edge.Slot]}")
                .ToList();
            text.Append(indent).Append("    ").Append(box.Signals[signal]).Append(targets.Count == 0 ? " ─▸" : " ─▸ ").AppendJoin(", ", targets).Append('\n');
        }

        if (box.Child is not null)
        {
            Draw(box.Child, indent + "    │ ", text);
        }
    }

    private static string Source(TubeGraph graph, GraphEdge edge)
    {
        var box = graph.Boxes[edge.From];
        return box.Kind == BoxKind.Asset ? box.Id : $"{box.Id}.{box.Signals[edge.Signal]}";
    }

    private static string What(GraphBox box) => box.Kind switch
    {
        BoxKind.Input => "of the tube",
        BoxKind.Asset => $"asset {box.Type}",
        BoxKind.Tube => $"tube {box.Type}",
        BoxKind.Map or BoxKind.Gather or BoxKind.Return => box.Kind.ToString().ToLowerInvariant(),
        _ => box.Type,
    };

    private static char Mark(BoxKind kind) => kind switch
    {
        BoxKind.Input or BoxKind.Source => '▷',
        BoxKind.Asset => '◆',
        BoxKind.Map => '⋔',
        BoxKind.Gather => '⋓',
        BoxKind.Tube => '▣',
        BoxKind.Return => '◁',
        _ => '□',
    };
}
