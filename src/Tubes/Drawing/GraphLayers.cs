namespace Sluice.Tubes.Drawing;

/// <summary>How many steps from the start each box stands.</summary>
internal static class GraphLayers
{
    public static int[] Of(TubeGraph graph)
    {
        var incoming = graph.Edges.Where(edge => !edge.IsStoring).ToLookup(edge => edge.To, edge => edge.From);
        var layers = Enumerable.Repeat(-1, graph.Boxes.Count).ToArray();
        for (var box = 0; box < layers.Length; box++)
        {
            Layer(box);
        }

        // What has no inputs stands just before the first that needs it, so that lines are short.
        for (var box = 0; box < layers.Length; box++)
        {
            var targets = graph.Edges.Where(edge => edge.From == box && !edge.IsStoring).Select(edge => layers[edge.To]).ToList();
            layers[box] = !incoming[box].Any() && targets.Count > 0 ? targets.Min() - 1 : layers[box];
        }

        return layers;

        int Layer(int box)
        {
            if (layers[box] < 0)
            {
                layers[box] = incoming[box].Select(from => Layer(from) + 1).DefaultIfEmpty(0).Max();
            }

            return layers[box];
        }
    }
}
