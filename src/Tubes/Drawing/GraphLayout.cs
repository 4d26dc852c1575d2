namespace Sluice.Tubes.Drawing;

/// <summary>Where boxes stand and lines run: layers from left to right, ordered so that lines cross little; long lines run through gaps between boxes.</summary>
internal sealed class GraphLayout
{
    public const double HeaderHeight = 38;
    public const double PortHeight = 18;
    public const double Padding = 24;

    private const double LayerGap = 90;
    private const double BoxGap = 26;
    private const double CharacterWidth = 7.2;

    private readonly TubeGraph _graph;
    private readonly List<List<Item>> _layers = [];
    private readonly Item[] _boxes;
    private readonly Dictionary<GraphEdge, List<Item>> _paths = [];

    public GraphLayout(TubeGraph graph)
    {
        _graph = graph;
        var layers = GraphLayers.Of(graph);
        Children = [.. graph.Boxes.Select(box => box.Child is null ? null : new GraphLayout(box.Child))];
        _boxes = [.. graph.Boxes.Select((box, index) => new Item(WidthOf(box, Children[index]), HeightOf(box, Children[index])))];
        for (var index = 0; index < _boxes.Length; index++)
        {
            LayerAt(layers[index]).Add(_boxes[index]);
        }

        foreach (var edge in graph.Edges.Where(edge => !edge.IsStoring))
        {
            _paths[edge] = [.. Enumerable.Range(layers[edge.From] + 1, layers[edge.To] - layers[edge.From] - 1).Select(Bend)];
        }

        Order();
        Place();
    }

    public double Width { get; private set; }

    public double Height { get; private set; }

    /// <summary>The layouts of nested tubes drawn open, by box.</summary>
    public GraphLayout?[] Children { get; }

    public (double X, double Y, double Width, double Height) Box(int index) => (_boxes[index].X, _boxes[index].Y, _boxes[index].Width, _boxes[index].Height);

    public (double X, double Y) SlotAt(int box, int slot) => (_boxes[box].X, _boxes[box].Y + PortOffset(slot));

    public (double X, double Y) SignalAt(int box, int signal) => (_boxes[box].X + _boxes[box].Width, _boxes[box].Y + PortOffset(signal));

    /// <summary>The right border of the layer that a box stands in: until there, lines run straight, so that they pass no wider box below or above.</summary>
    public double EndOfLayer(int box) => _boxes[box].X + _boxes[box].LayerWidth;

    /// <summary>The points that a long line passes between its ends.</summary>
    public IEnumerable<(double X, double Y)> Bends(GraphEdge edge) => _paths[edge].SelectMany(bend => new[] { (bend.X, bend.Y), (bend.X + bend.Width, bend.Y) });

    private static double PortOffset(int port) => HeaderHeight + (PortHeight * port) + (PortHeight / 2) + 2;

    private static double WidthOf(GraphBox box, GraphLayout? child)
    {
        var ports = Enumerable.Range(0, Math.Max(box.Slots.Count, box.Signals.Count))
            .Select(port => box.Slots.ElementAtOrDefault(port)?.Length + box.Signals.ElementAtOrDefault(port)?.Length + 4
                ?? (box.Slots.ElementAtOrDefault(port) ?? box.Signals.ElementAtOrDefault(port) ?? "").Length + 3);
        var characters = ports.Append(box.Id.Length + 5).Append((int)(SvgText.Subtitle(box).Length * 0.85) + 3).Max();
        return Math.Max(Math.Max(96, characters * CharacterWidth), child is null ? 0 : child.Width + 16);
    }

    private static double HeightOf(GraphBox box, GraphLayout? child) =>
        HeaderHeight + (PortHeight * Math.Max(box.Slots.Count, box.Signals.Count)) + 8 + (child is null ? 0 : child.Height + 8);

    private List<Item> LayerAt(int layer)
    {
        while (_layers.Count <= layer)
        {
            _layers.Add([]);
        }

        return _layers[layer];
    }

    private Item Bend(int layer)
    {
        var bend = new Item(0, 4);
        LayerAt(layer).Add(bend);
        return bend;
    }

    /// <summary>Sweeps to and fro, moving each item to the middle of those it is joined with.</summary>
    private void Order()
    {
        foreach (var (edge, path) in _paths)
        {
            var chain = path.Prepend(_boxes[edge.From]).Append(_boxes[edge.To]).ToList();
            for (var index = 1; index < chain.Count; index++)
            {
                chain[index - 1].After.Add(chain[index]);
                chain[index].Before.Add(chain[index - 1]);
            }
        }

        Number();
        for (var sweep = 0; sweep < 6; sweep++)
        {
            var forward = sweep % 2 == 0;
            foreach (var layer in forward ? _layers : Enumerable.Reverse(_layers))
            {
                var sorted = layer.OrderBy(item => item.Middle(forward)).ToList();
                layer.Clear();
                layer.AddRange(sorted);
                Number();
            }
        }
    }

    private void Number()
    {
        foreach (var layer in _layers)
        {
            for (var index = 0; index < layer.Count; index++)
            {
                layer[index].Rank = (index + 0.5) / layer.Count;
            }
        }
    }

    private void Place()
    {
        var height = _layers.Select(layer => layer.Sum(item => item.Height + BoxGap) - BoxGap).DefaultIfEmpty(0).Max();
        var x = Padding;
        foreach (var layer in _layers)
        {
            var width = layer.Select(item => item.Width).DefaultIfEmpty(0).Max();
            var y = Padding + ((height - layer.Sum(item => item.Height + BoxGap) + BoxGap) / 2);
            foreach (var item in layer)
            {
                (item.X, item.Y) = (x, y);
                item.Width = item.Width == 0 ? width : item.Width;
                item.LayerWidth = width;
                y += item.Height + BoxGap;
            }

            x += width + LayerGap;
        }

        Width = Math.Max(x - LayerGap, 0) + Padding;
        var storing = _graph.Edges.Count(edge => edge.IsStoring);
        Height = height + (2 * Padding) + (storing * 16);
    }

    private sealed class Item(double width, double height)
    {
        public double X { get; set; }

        public double Y { get; set; }

        public double Width { get; set; } = width;

        public double Height { get; } = height;

        public double LayerWidth { get; set; }

        public double Rank { get; set; }

        public List<Item> Before { get; } = [];

        public List<Item> After { get; } = [];

        public double Middle(bool forward)
        {
            var joined = forward ? Before : After;
            return joined.Count == 0 ? Rank : joined.Average(item => item.Rank);
        }
    }
}
