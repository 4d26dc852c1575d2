using System.Text;
using Sluice.Hocon.Tree;

namespace Sluice.Hocon.Resolving;

/// <summary>Joins values that stand beside each other: texts to a text, lists to a list, objects to an object.</summary>
internal sealed class Joiner(Expansion expansion)
{
    /// <summary>Joins the parts that are there; null if none is.</summary>
    /// <exception cref="ConfigException">The parts are of different kinds.</exception>
    public Head? Join(IReadOnlyList<Part> parts, Origin origin, Cell owner)
    {
        var values = parts.Where(part => part.Head is not null).ToList();
        if (values.Count == 0)
        {
            return null;
        }

        if (values.TrueForAll(part => part.Head is ScalarHead))
        {
            return parts.Count == 1 ? values[0].Head : JoinText(parts, origin);
        }

        return values.Exists(part => part.Head is ArrayHead) ? JoinLists(values, origin) : JoinObjects(values, owner);
    }

    /// <summary>Lays objects that the same cell has over each other, the lowest first.</summary>
    public ObjectHead Merge(IReadOnlyList<ObjectHead> values, Cell owner)
    {
        var merged = new OrderedDictionary<string, List<Node>>();
        foreach (var value in values)
        {
            expansion.Spend(value.Fields.Count, value.Origin);
            foreach (var (key, cell) in value.Fields)
            {
                if (!merged.TryGetValue(key, out var layers))
                {
                    layers = new List<Node>(2);
                    merged.Add(key, layers);
                }

                // What belongs to another cell is referred to, not taken over: its references look back there.
                layers.AddRange(value.Owner == owner ? cell.Layers : [new CellNode(cell)]);
            }
        }

        var fields = new OrderedDictionary<string, Cell>(merged.Count);
        foreach (var (key, layers) in merged)
        {
            fields.Add(key, new Cell(layers));
        }

        return new ObjectHead(fields, values[^1].Origin) { Owner = owner };
    }

    private ScalarHead JoinText(IReadOnlyList<Part> parts, Origin origin)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            var piece = part.Node is SpaceNode space ? space.Text : (part.Head as ScalarHead)?.Value.Text ?? "";
            expansion.Spend(piece.Length, origin);
            text.Append(piece);
        }

        var via = parts.Select(part => (part.Head as ScalarHead)?.Value.Origin.Via).FirstOrDefault(found => found is not null);
        return new ScalarHead(new HoconScalar(ScalarKind.Text, text.ToString(), origin with { Via = via }));
    }

    private ArrayHead JoinLists(List<Part> values, Origin origin)
    {
        var items = new List<Cell>();
        foreach (var (node, head) in values)
        {
            var list = head switch
            {
                ArrayHead array => array.Items,
                ObjectHead fields when NumberedKeys.Sort(fields.Fields) is { Count: > 0 } numbered => numbered,
                _ => throw Mixed(node, head, "a list"),
            };
            expansion.Spend(list.Count, origin);
            items.AddRange(list);
        }

        return new ArrayHead(items, origin);
    }

    private ObjectHead JoinObjects(List<Part> values, Cell owner)
    {
        var objects = values.ConvertAll(part => part.Head as ObjectHead ?? throw Mixed(part.Node, part.Head, "an object"));
        return objects.Count == 1 ? objects[0] : Merge(objects, owner);
    }

    private static ConfigException Mixed(Node node, Head? head, string other)
    {
        var found = head switch
        {
            ScalarHead scalar => scalar.Value.Description,
            ArrayHead => "a list",
            _ => "an object",
        };
        var what = node is ReferenceNode reference ? $"{reference}, which is {found}," : found;
        return new ConfigException(node.Origin, $"{what} stands beside {other}: only values of the same kind can be joined.");
    }
}
