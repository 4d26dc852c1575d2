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

        return values.Exists(part => part.Head is ArrayHead) ? JoinLists(values, origin) : JoinObjects(values, origin, owner);
    }

    /// <summary>Lays one object over another that the same cell has.</summary>
    public ObjectHead Merge(ObjectHead lower, ObjectHead upper, Cell owner) =>
        new(Merge(Own(lower, owner).Fields, Own(upper, owner).Fields, upper.Origin), upper.Origin) { Owner = owner };

    private OrderedDictionary<string, Cell> Merge(OrderedDictionary<string, Cell> lower, OrderedDictionary<string, Cell> upper, Origin origin)
    {
        expansion.Spend(lower.Count + upper.Count, origin);
        var fields = new OrderedDictionary<string, Cell>(lower);
        foreach (var (key, cell) in upper)
        {
            fields[key] = fields.TryGetValue(key, out var below) ? new Cell([.. below.Layers, .. cell.Layers]) : cell;
        }

        return fields;
    }

    // What belongs to another cell is referred to, not taken over: its references look back there.
    private static ObjectHead Own(ObjectHead value, Cell owner)
    {
        if (value.Owner == owner)
        {
            return value;
        }

        var fields = new OrderedDictionary<string, Cell>(value.Fields.Count);
        foreach (var (key, cell) in value.Fields)
        {
            fields.Add(key, new Cell([new CellNode(cell)]));
        }

        return new ObjectHead(fields, value.Origin) { Owner = owner };
    }

    private ScalarHead JoinText(IReadOnlyList<Part> parts, Origin origin)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part.Node is SpaceNode space ? space.Text : (part.Head as ScalarHead)?.Value.Text);
            expansion.Spend(0, origin);
            if (text.Length > Limits.Expansion)
            {
                break;
            }
        }

        expansion.Spend(text.Length, origin);
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
                ObjectHead numbered => NumberedKeys.Sort(numbered.Fields),
                _ => null,
            };
            items.AddRange(list is { Count: > 0 } || head is ArrayHead ? list ?? [] : throw Mixed(node, head, "a list"));
            expansion.Spend(list?.Count ?? 0, origin);
        }

        return new ArrayHead(items, origin);
    }

    private ObjectHead JoinObjects(List<Part> values, Origin origin, Cell owner)
    {
        ObjectHead? joined = null;
        foreach (var (node, head) in values)
        {
            var value = head as ObjectHead ?? throw Mixed(node, head, "an object");
            joined = joined is null ? value : Merge(joined, value, owner);
        }

        return joined ?? new ObjectHead([], origin);
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
