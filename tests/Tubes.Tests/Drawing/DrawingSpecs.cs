using System.Xml.Linq;
using Sluice.Tubes.Drawing;
using Sluice.Tubes.Tests.Samples;

namespace Sluice.Tubes.Tests.Drawing;

public class DrawingSpecs
{
    private const string Yaml = """
        input:
          k: { type: int, default: 2 }
        assets:
          list: { type: S.Notebooks.NewList, scope: runner, depends: w.value }
        nodes:
          a: { type: T.Count }
          b: { type: T.Add, depends: [a.value, input.k] }
          w: { type: S.Notebooks.Append, depends: [{ list: assets.list }, { value: b.value }] }
          c:
            type: tube
            params: { tube: { noob_id: child, nodes: { x: { type: T.Count }, r: { type: return, depends: x.value } } } }
          off: { type: T.Twice, depends: a.value, enabled: false }
          r: { type: return, depends: [{ b: b.value }, { w: w.value }, { c: c.value }] }
        """;

    [Fact]
    public void Text_shows_each_box_with_where_its_slots_come_from_and_its_signals_go() =>
        TextDrawing.Draw(TubeGraph.Of(TubeHarness.Build(Yaml))).ShouldBe("""
            test

            ▷ input  of the tube
                k ─▸ b.#1

            ▷ a  Sluice.Tubes.Tests.Samples.Nodes.Count
                value ─▸ b.#0, off.value

            ◆ list  asset Sluice.Tubes.Tests.Samples.Notebooks.NewList (runner)
                next ◂─ w.value
                list ─▸ w.list

            □ b  Sluice.Tubes.Tests.Samples.Nodes.Add
                #0 ◂─ a.value
                #1 ◂─ input.k
                value ─▸ w.value, r.b

            □ (off, disabled)  Sluice.Tubes.Tests.Samples.Nodes.Twice
                #0 ◂─ a.value
                value ─▸

            □ w  Sluice.Tubes.Tests.Samples.Notebooks.Append
                list ◂─ list
                value ◂─ b.value
                value ─▸ r.w, list (next epoch)

            ▣ c  tube child
                value ─▸ r.c

            ◁ r  return
                b? ◂─ b.value
                w? ◂─ w.value
                c? ◂─ c.value

            """.ReplaceLineEndings("\n").Replace("off.value", "off.#0", StringComparison.Ordinal));

    [Fact]
    public void Nested_tubes_are_drawn_folded_or_open()
    {
        var tube = TubeHarness.Build(Yaml);

        TextDrawing.Draw(TubeGraph.Of(tube)).ShouldNotContain("│");
        TextDrawing.Draw(TubeGraph.Of(tube, open: true)).ShouldContain("    │ ▷ x  Sluice.Tubes.Tests.Samples.Nodes.Count");
        SvgDrawing.Draw(TubeGraph.Of(tube, open: true)).ShouldContain("class=\"inner\"");
    }

    [Fact]
    public void A_picture_is_well_formed_and_holds_every_box_and_line_within_its_borders()
    {
        var graph = TubeGraph.Of(TubeHarness.Build(Yaml), open: true);
        var svg = XDocument.Parse(SvgDrawing.Draw(graph)).Root!;

        XName Name(string local) => svg.Name.Namespace + local;
        foreach (var id in new[] { "input", "list", "a", "b", "w", "c", "off", "r", "x" })
        {
            svg.Descendants(Name("text")).ShouldContain(text => (string?)text.Attribute("class") == "id" && text.Value == id);
        }

        var lines = svg.Descendants(Name("path")).Select(path => (string?)path.Attribute("class")).Where(kind => kind!.StartsWith("edge", StringComparison.Ordinal)).ToList();
        lines.Count.ShouldBe(graph.Edges.Count + 1);
        lines.Count(kind => kind == "edge storing").ShouldBe(1);
        lines.Count(kind => kind == "edge optional").ShouldBe(3);
        svg.Descendants(Name("g")).Count(group => (string?)group.Attribute("class") == "off").ShouldBe(1);

        var layout = new GraphLayout(graph);
        for (var box = 0; box < graph.Boxes.Count; box++)
        {
            var (x, y, width, height) = layout.Box(box);
            (x >= 0 && y >= 0 && x + width <= layout.Width && y + height <= layout.Height).ShouldBeTrue(graph.Boxes[box].Id);
        }
    }

    [Fact]
    public void Boxes_do_not_overlap()
    {
        var graph = TubeGraph.Of(TubeHarness.Build(Yaml), open: true);
        var layout = new GraphLayout(graph);
        var boxes = Enumerable.Range(0, graph.Boxes.Count).Select(layout.Box).ToList();

        foreach (var (left, right) in boxes.SelectMany((left, index) => boxes.Skip(index + 1).Select(right => (left, right))))
        {
            (left.X + left.Width <= right.X || right.X + right.Width <= left.X || left.Y + left.Height <= right.Y || right.Y + right.Height <= left.Y).ShouldBeTrue();
        }
    }

    [Fact]
    public void Lines_run_straight_past_wider_boxes_of_the_same_layer()
    {
        var graph = TubeGraph.Of(TubeHarness.Build(Yaml), open: true);
        var layout = new GraphLayout(graph);

        foreach (var edge in graph.Edges.Where(edge => !edge.IsStoring))
        {
            var (end, from) = (layout.EndOfLayer(edge.From), layout.Box(edge.From));
            Enumerable.Range(0, graph.Boxes.Count).Select(layout.Box).Where(box => box.X == from.X).ShouldAllBe(box => box.X + box.Width <= end);
            SvgDrawing.Draw(graph).ShouldContain($" H{SvgText.Of(end)} C");
        }
    }

    [Fact]
    public void An_empty_tube_is_drawn_as_its_title() =>
        TextDrawing.Draw(TubeGraph.Of(TubeHarness.Build("nodes: {}"))).ShouldBe("test\n");
}
