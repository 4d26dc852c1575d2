namespace Sluice.Hocon.Tree;

/// <summary>What the parser makes of a value before substitutions are replaced.</summary>
internal abstract class Node(Origin origin)
{
    public Origin Origin { get; } = origin;
}

/// <summary>A value that needs no resolving.</summary>
internal sealed class ScalarNode(HoconScalar value) : Node(value.Origin)
{
    public HoconScalar Value { get; } = value;
}

/// <summary>Unquoted space between two values: part of a string that is joined there, nothing between objects or lists.</summary>
internal sealed class SpaceNode(string text, Origin origin) : Node(origin)
{
    public string Text { get; } = text;
}

/// <summary>A list as it was written; substitutions may be among its elements.</summary>
internal sealed class ArrayNode(Origin origin) : Node(origin)
{
    public List<Node> Items { get; } = [];
}

/// <summary>Values that stand beside each other and are joined.</summary>
internal sealed class JoinNode(IReadOnlyList<Node> parts, Origin origin) : Node(origin)
{
    public IReadOnlyList<Node> Parts { get; } = parts;
}

/// <summary>What <c>a += b</c> means: the previous value of the same key, if there is one, joined with a list of the new elements.</summary>
internal sealed class AppendNode(ArrayNode added, Origin origin) : Node(origin)
{
    public ArrayNode Added { get; } = added;
}

/// <summary>A value that is resolved already, such as what is in a configuration cut from another.</summary>
internal sealed class ResolvedNode(HoconValue value) : Node(value.Origin)
{
    public HoconValue Value { get; } = value;
}
