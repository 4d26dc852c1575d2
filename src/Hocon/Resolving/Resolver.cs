using Sluice.Hocon.Tree;

namespace Sluice.Hocon.Resolving;

/// <summary>
/// Replaces the substitutions of a whole configuration, as the HOCON specification's chapter "Substitutions" says: each looks forward, to the
/// final value of what it names; where that would be a cycle it looks back, to what the value was before; where there is nothing, it is
/// missing. One resolver serves one configuration, once.
/// </summary>
internal sealed class Resolver
{
    private readonly Cell _root;
    private readonly Func<string, string?> _environment;
    private readonly Expansion _expansion = new();
    private readonly Joiner _joiner;
    private readonly List<ReferenceNode> _following = [];
    private int _depth;

    private Resolver(IReadOnlyList<Node> layers, Func<string, string?> environment)
    {
        _root = new Cell(layers);
        _environment = environment;
        _joiner = new Joiner(_expansion);
    }

    /// <summary>Resolves objects that are laid over each other, the lowest first.</summary>
    public static HoconObject Resolve(IReadOnlyList<Node> layers, Func<string, string?> environment)
    {
        var resolver = new Resolver(layers, environment);
        return (HoconObject)(new Finisher(resolver).Finish(resolver._root) ?? throw new InvalidOperationException("The root is always an object."));
    }

    /// <summary>What a cell is. If it is at work already, what it was before: null if nothing.</summary>
    public Head? ValueOf(Cell cell)
    {
        var layer = cell.Active < 0 ? cell.Layers.Count - 1 : cell.Active - 1;
        return layer < 0 ? null : ValueUpTo(cell, layer);
    }

    private Head? ValueUpTo(Cell cell, int layer)
    {
        if (cell.TryGetResult(layer, out var known))
        {
            return known;
        }

        var before = cell.Active;
        cell.Active = layer;
        EnterReference(cell.Layers[layer].Origin);
        var result = Evaluate(cell.Layers[layer], cell);
        if (layer > 0 && result is null or ObjectHead)
        {
            result = Over(result, cell, layer);
        }

        _depth--;
        cell.Active = before;
        cell.SetResult(layer, result);
        return result;
    }

    // A layer that is missing shows what is below it; an object merges with an object below it; anything else hides what is below.
    private Head? Over(Head? upper, Cell cell, int layer)
    {
        var lower = ValueUpTo(cell, layer - 1);
        if (upper is null || lower is not ObjectHead lowerObject)
        {
            return upper ?? lower;
        }

        return _joiner.Merge([lowerObject, (ObjectHead)upper], cell);
    }

    private void EnterReference(Origin origin)
    {
        if (++_depth > Limits.References)
        {
            throw new ConfigException(origin, $"more than {Limits.References} substitutions depend on each other here: that is the limit.");
        }
    }

    private Head? Evaluate(Node node, Cell cell) => node switch
    {
        ScalarNode scalar => new ScalarHead(scalar.Value),
        ObjectNode value => ObjectOf(value, cell),
        ArrayNode value => ArrayOf(value),
        ReferenceNode reference => Follow(reference),
        JoinNode join => _joiner.Join(PartsOf(join, cell), join.Origin, cell),
        AppendNode append => _joiner.Join([new Part(append, ValueOf(cell)), new Part(append.Added, ArrayOf(append.Added))], append.Origin, cell),
        ResolvedNode resolved => Heads.Of(resolved.Value, cell),
        CellNode other => ValueOf(other.Cell),
        _ => throw new InvalidOperationException($"{node.GetType().Name} has no value of its own."),
    };

    private List<Part> PartsOf(JoinNode join, Cell cell)
    {
        var parts = new List<Part>(join.Parts.Count);
        foreach (var part in join.Parts)
        {
            parts.Add(new Part(part, part is SpaceNode ? null : Evaluate(part, cell)));
        }

        return parts;
    }

    private static ObjectHead ObjectOf(ObjectNode node, Cell owner)
    {
        var fields = new OrderedDictionary<string, Cell>(node.Fields.Count);
        foreach (var (key, layers) in node.Fields)
        {
            fields.Add(key, new Cell(layers));
        }

        return new ObjectHead(fields, node.Origin) { Owner = owner };
    }

    private static ArrayHead ArrayOf(ArrayNode node) => new([.. node.Items.Select(item => new Cell([item]))], node.Origin);

    private Head? Follow(ReferenceNode reference)
    {
        _following.Add(reference);
        var circular = false;
        var found = Look(reference, ref circular) ?? LookOutside(reference);
        if (found is null && !reference.Optional)
        {
            throw circular ? MissingReferences.Circular(_following) : MissingReferences.Undefined(reference);
        }

        _following.RemoveAt(_following.Count - 1);
        return found;
    }

    private Head? Look(ReferenceNode reference, ref bool circular)
    {
        foreach (var root in reference.Roots)
        {
            if (Look(root.Then(reference.Path), ref circular) is { } found)
            {
                return found;
            }
        }

        return Look(reference.Path, ref circular);
    }

    private Head? Look(KeyPath path, ref bool circular)
    {
        var head = ValueOf(_root);
        foreach (var key in path.Keys)
        {
            if (head is not ObjectHead value || !value.Fields.TryGetValue(key, out var cell))
            {
                return null;
            }

            circular |= cell.Active == 0;
            head = ValueOf(cell);
        }

        return head;
    }

    private Head? LookOutside(ReferenceNode reference)
    {
        var name = reference.Path.Unquoted();
        if (!reference.List)
        {
            return Variable(name, reference) is { } text ? new ScalarHead(text) : null;
        }

        var items = new List<Cell>();
        while (Variable($"{name}_{items.Count}", reference) is { } item)
        {
            items.Add(new Cell([new ScalarNode(item)]));
        }

        return items.Count > 0 ? new ArrayHead(items, reference.Origin) : null;
    }

    private HoconScalar? Variable(string name, ReferenceNode reference)
    {
        var valid = name.Length > 0 && !name.Contains('\0') && !name.Contains('=');
        return valid && _environment(name) is { } text
            ? new HoconScalar(ScalarKind.Text, text, reference.Origin with { Via = $"environment variable {name}" })
            : null;
    }
}
