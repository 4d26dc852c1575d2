using System.Text;

namespace Sluice.Tubes.Drawing;

/// <summary>A graph as an SVG picture of its own: no scripts, no fonts to load; follows the viewer's light or dark theme.</summary>
public static class SvgDrawing
{
    // Colours stand in plain rules, once per theme: viewers other than browsers know no CSS variables.
    private const string Style = """
        svg { font-family: system-ui, sans-serif } .box { stroke-width: 1.2 } .off { opacity: .45 } .off .box { stroke-dasharray: 4 3 }
        .id { font-size: 13px; font-weight: 600 } .type { font-size: 10.5px } .port { font-size: 11px; font-family: ui-monospace, monospace } .title { font-size: 12px }
        .edge { fill: none; stroke-width: 1.5 } .optional { stroke-dasharray: 5 4 } .storing { stroke-dasharray: 2 3 } .inner { stroke-width: .8 }
        svg { background: #fff } .box, .edge, .inner { stroke: #7b8794 } .dot { fill: #7b8794 } .inner { fill: #fff }
        .node { fill: #eef2f7 } .source, .input { fill: #e3f4e8 } .map, .gather { fill: #fdf0dc } .return { fill: #e6ecfd }
        .asset { fill: #f5e8f7 } .tube { fill: #e4f3f6 } .id, .port { fill: #1f2933 } .type, .title { fill: #6b7785 }
        @media (prefers-color-scheme: dark) {
          svg { background: #14181d } .box, .edge, .inner { stroke: #8693a0 } .dot { fill: #8693a0 } .inner { fill: #14181d }
          .node { fill: #232a33 } .source, .input { fill: #1f3327 } .map, .gather { fill: #3a2f1d } .return { fill: #232d4a }
          .asset { fill: #35243a } .tube { fill: #1d3238 } .id, .port { fill: #e6eaee } .type, .title { fill: #9aa5b1 }
        }
        """;

    /// <summary>Draws it. Dashed lines are optional, dotted ones replace an asset for the next epoch, pale boxes are disabled.</summary>
    public static string Draw(TubeGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var layout = new GraphLayout(graph);
        var (width, height) = (SvgText.Of(Math.Max(layout.Width, (graph.Title.Length * 7) + 48)), SvgText.Of(layout.Height + 20));
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"The tube {SvgText.Of(graph.Title)}\">\n");
        svg.Append($"<style>\n{Style}\n</style>\n");
        svg.Append("<marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path class=\"dot\" d=\"M0 0L8 4L0 8z\"/></marker>\n");
        svg.Append($"<text class=\"title\" x=\"24\" y=\"20\">{SvgText.Of(graph.Title)}</text>\n<g transform=\"translate(0 14)\">\n");
        Draw(graph, layout, svg);
        return svg.Append("</g>\n</svg>\n").ToString();
    }

    private static void Draw(TubeGraph graph, GraphLayout layout, StringBuilder svg)
    {
        var storing = 0;
        foreach (var edge in graph.Edges)
        {
            Line(edge, layout, edge.IsStoring ? storing++ : 0, svg);
        }

        for (var index = 0; index < graph.Boxes.Count; index++)
        {
            Box(graph.Boxes[index], index, layout, svg);
        }
    }

    private static void Line(GraphEdge edge, GraphLayout layout, int lane, StringBuilder svg)
    {
        var kind = edge.IsStoring ? "edge storing" : edge.IsRequired ? "edge" : "edge optional";
        svg.Append($"<path class=\"{kind}\" marker-end=\"url(#tip)\" d=\"{(edge.IsStoring ? Back(edge, layout, lane) : Forth(edge, layout))}\"/>\n");
    }

    private static string Forth(GraphEdge edge, GraphLayout layout)
    {
        var (x, y) = layout.SignalAt(edge.From, edge.Signal);
        var path = new StringBuilder($"M{SvgText.Of(x)} {SvgText.Of(y)}");
        x = layout.EndOfLayer(edge.From);
        path.Append($" H{SvgText.Of(x)}");
        var straight = false;
        foreach (var (nextX, nextY) in layout.Bends(edge).Append(layout.SlotAt(edge.To, edge.Slot)))
        {
            var half = (nextX - x) / 2;
            path.Append(straight
                ? $" L{SvgText.Of(nextX)} {SvgText.Of(nextY)}"
                : $" C{SvgText.Of(x + half)} {SvgText.Of(y)} {SvgText.Of(nextX - half)} {SvgText.Of(nextY)} {SvgText.Of(nextX)} {SvgText.Of(nextY)}");
            (x, y, straight) = (nextX, nextY, !straight);
        }

        return path.ToString();
    }

    /// <summary>Below everything, back to the asset.</summary>
    private static string Back(GraphEdge edge, GraphLayout layout, int lane)
    {
        var (x, y) = layout.SignalAt(edge.From, edge.Signal);
        var (left, top, width, height) = layout.Box(edge.To);
        var (low, target) = (SvgText.Of(layout.Height - 8 - (16 * lane)), SvgText.Of(left + (width / 2)));
        return $"M{SvgText.Of(x)} {SvgText.Of(y)} h{12 + (4 * lane)} V{low} H{target} V{SvgText.Of(top + height)}";
    }

    private static void Box(GraphBox box, int index, GraphLayout layout, StringBuilder svg)
    {
        var (x, y, width, height) = layout.Box(index);
        svg.Append($"<g{(box.IsEnabled ? "" : " class=\"off\"")} transform=\"translate({SvgText.Of(x)} {SvgText.Of(y)})\">");
        svg.Append($"<rect class=\"box {box.Kind.ToString().ToLowerInvariant()}\" width=\"{SvgText.Of(width)}\" height=\"{SvgText.Of(height)}\" rx=\"{(box.Kind == BoxKind.Asset ? 14 : 5)}\"/>");
        svg.Append($"<text class=\"id\" x=\"10\" y=\"17\">{SvgText.Of(box.Id)}</text><text class=\"type\" x=\"10\" y=\"31\">{SvgText.Of(SvgText.Subtitle(box))}<title>{SvgText.Of(box.Type)}</title></text>");
        for (var slot = 0; slot < box.Slots.Count; slot++)
        {
            Port(box.Slots[slot], 0, slot, 9, "start", svg);
        }

        for (var signal = 0; signal < box.Signals.Count; signal++)
        {
            Port(box.Signals[signal], width, signal, -9, "end", svg);
        }

        if (layout.Children[index] is { } child)
        {
            svg.Append($"<g transform=\"translate(8 {SvgText.Of(height - child.Height - 8)})\"><rect class=\"inner\" width=\"{SvgText.Of(width - 16)}\" height=\"{SvgText.Of(child.Height)}\" rx=\"4\"/>\n");
            Draw(box.Child!, child, svg);
            svg.Append("</g>");
        }

        svg.Append("</g>\n");
    }

    private static void Port(string name, double x, int port, double inset, string anchor, StringBuilder svg)
    {
        var y = GraphLayout.HeaderHeight + (GraphLayout.PortHeight * port) + (GraphLayout.PortHeight / 2) + 2;
        svg.Append($"<circle class=\"dot\" cx=\"{SvgText.Of(x)}\" cy=\"{SvgText.Of(y)}\" r=\"2.6\"/>");
        svg.Append($"<text class=\"port\" x=\"{SvgText.Of(x + inset)}\" y=\"{SvgText.Of(y + 4)}\" text-anchor=\"{anchor}\">{SvgText.Of(name)}</text>");
    }
}
