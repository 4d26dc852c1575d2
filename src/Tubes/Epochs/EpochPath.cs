namespace Sluice.Tubes.Epochs;

/// <summary>The way down from a root epoch into the elements of maps, innermost segment first. Shared by all epochs below it.</summary>
internal sealed class EpochPath(EpochPath? parent, string node, int position, int index) : IEquatable<EpochPath>
{
    public EpochPath? Parent { get; } = parent;

    public string Node { get; } = node;

    /// <summary>Where the map stands in its tube; orders epochs of different maps. 0 when made by hand.</summary>
    public int Position { get; } = position;

    public int Index { get; } = index;

    public int Depth { get; } = parent is null ? 1 : parent.Depth + 1;

    public bool Equals(EpochPath? other)
    {
        for (var mine = this; !ReferenceEquals(mine, other); mine = mine.Parent, other = other.Parent)
        {
            if (mine is null || other is null || mine.Index != other.Index || mine.Node != other.Node)
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as EpochPath);

    public override int GetHashCode() => HashCode.Combine(Parent, Node, Index);

    public static int Compare(EpochPath? left, EpochPath? right)
    {
        var (leftDepth, rightDepth) = (left?.Depth ?? 0, right?.Depth ?? 0);
        var order = CompareSameDepth(Up(left, leftDepth - rightDepth), Up(right, rightDepth - leftDepth));
        return order != 0 ? order : leftDepth.CompareTo(rightDepth);
    }

    private static int CompareSameDepth(EpochPath? left, EpochPath? right)
    {
        if (left is null || right is null || ReferenceEquals(left, right))
        {
            return 0;
        }

        var above = CompareSameDepth(left.Parent, right.Parent);
        return above != 0 ? above : CompareSegments(left, right);
    }

    private static int CompareSegments(EpochPath left, EpochPath right)
    {
        if (left.Node == right.Node)
        {
            return left.Index.CompareTo(right.Index);
        }

        var place = left.Position.CompareTo(right.Position);
        return place != 0 ? place : string.CompareOrdinal(left.Node, right.Node);
    }

    private static EpochPath? Up(EpochPath? path, int levels)
    {
        for (; levels > 0 && path is not null; levels--)
        {
            path = path.Parent;
        }

        return path;
    }
}
