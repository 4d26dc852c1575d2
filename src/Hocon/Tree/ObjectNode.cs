namespace Sluice.Hocon.Tree;

/// <summary>
/// An object as it was written. Each key holds everything that was assigned to it and may still matter, oldest first: what a plain value
/// hides for certain is dropped at once, objects that follow each other are merged at once, the rest waits until substitutions are known.
/// </summary>
internal sealed class ObjectNode(Origin origin) : Node(origin)
{
    public OrderedDictionary<string, List<Node>> Fields { get; } = [];

    /// <summary>Assigns a value to a path, making the objects on the way.</summary>
    public void Set(KeyPath path, Node value)
    {
        var target = Descend(path, value.Origin);
        target.Assign(path.Last, value);
    }

    /// <summary>Appends an element to the list at a path: <c>path += element</c>.</summary>
    public void Append(KeyPath path, Node element)
    {
        var target = Descend(path, element.Origin);
        var values = target.ValuesOf(path.Last);
        // Long runs of += would otherwise copy the list for each element. Only elements without substitutions may be joined early:
        // others may look back at what the list was before them.
        var early = element is ScalarNode ? values.LastOrDefault() : null;
        switch (early)
        {
            case ArrayNode list:
                list.Items.Add(element);
                break;
            case AppendNode append:
                append.Added.Items.Add(element);
                break;
            default:
                var added = new ArrayNode(element.Origin);
                added.Items.Add(element);
                values.Add(new AppendNode(added, element.Origin));
                break;
        }
    }

    /// <summary>Takes over all fields of another object, as if they were written here. The other must not be used any more.</summary>
    public void Merge(ObjectNode other)
    {
        foreach (var (key, values) in other.Fields)
        {
            foreach (var value in values)
            {
                Assign(key, value);
            }
        }
    }

    private ObjectNode Descend(KeyPath path, Origin origin)
    {
        var target = this;
        foreach (var key in path.Keys[..^1])
        {
            var values = target.ValuesOf(key);
            if (values.LastOrDefault() is not ObjectNode inner)
            {
                inner = new ObjectNode(origin);
                values.Add(inner);
            }

            target = inner;
        }

        return target;
    }

    private void Assign(string key, Node value)
    {
        var values = ValuesOf(key);
        switch (value)
        {
            case ObjectNode inner when values.LastOrDefault() is ObjectNode earlier:
                earlier.Merge(inner);
                break;
            case ScalarNode or ArrayNode:
                values.Clear();
                values.Add(value);
                break;
            default:
                values.Add(value);
                break;
        }
    }

    private List<Node> ValuesOf(string key)
    {
        if (!Fields.TryGetValue(key, out var values))
        {
            values = new List<Node>(1);
            Fields.Add(key, values);
        }

        return values;
    }
}
