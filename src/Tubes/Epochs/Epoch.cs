using System.Globalization;
using System.Text;

namespace Sluice.Tubes.Epochs;

/// <summary>
/// One pass through a tube: a root number, and inside maps a path of (map node, element index).
/// Written <c>3</c>, <c>3/b:0</c>, <c>3/b:0/c:2</c>. A small value: a root epoch allocates nothing.
/// </summary>
public readonly struct Epoch : IEquatable<Epoch>, IComparable<Epoch>
{
    private readonly EpochPath? _path;

    /// <summary>Makes the root epoch with this number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public Epoch(long root)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(root);
        Root = root;
    }

    private Epoch(long root, EpochPath? path)
    {
        Root = root;
        _path = path;
    }

    /// <summary>The number of the root epoch this one belongs to.</summary>
    public long Root { get; }

    /// <summary>Whether this is a root epoch, outside every map.</summary>
    public bool IsRoot => _path is null;

    /// <summary>How many maps deep this epoch is; 0 for a root.</summary>
    public int Depth => _path?.Depth ?? 0;

    /// <summary>The map node of the last segment; null for a root.</summary>
    public string? LeafNode => _path?.Node;

    /// <summary>The number of the last segment: the element's index, or the root number.</summary>
    public long LeafIndex => _path?.Index ?? Root;

    /// <summary>The root epoch this one belongs to (itself for a root).</summary>
    public Epoch RootEpoch => new(Root, null);

    /// <summary>The epoch one level up; null for a root.</summary>
    public Epoch? Parent => _path is null ? null : new Epoch(Root, _path.Parent);

    /// <summary>All epochs above this one, nearest first.</summary>
    public IEnumerable<Epoch> Parents
    {
        get
        {
            for (var path = _path; path is not null; path = path.Parent)
            {
                yield return new Epoch(Root, path.Parent);
            }
        }
    }

    /// <summary>The epoch of element <paramref name="index"/> of the map <paramref name="node"/> inside this one.</summary>
    public Epoch Child(string node, int index) => Child(node, 0, index);

    /// <summary>The epochs of the first <paramref name="count"/> elements of the map <paramref name="node"/>.</summary>
    public IEnumerable<Epoch> Children(string node, int count)
    {
        var self = this;
        return Enumerable.Range(0, count).Select(index => self.Child(node, index));
    }

    /// <summary>The epoch <paramref name="steps"/> further on the last segment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The result would be negative.</exception>
    public Epoch Add(long steps)
    {
        var index = LeafIndex + steps;
        ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(steps));
        return _path is null
            ? new Epoch(index)
            : new Epoch(Root, new EpochPath(_path.Parent, _path.Node, _path.Position, checked((int)index)));
    }

    /// <summary>Whether this epoch lies inside <paramref name="other"/>, at any depth; an epoch is not inside itself.</summary>
    public bool IsBelow(Epoch other)
    {
        if (Root != other.Root || Depth <= other.Depth)
        {
            return false;
        }

        var path = _path;
        while (path is not null && path.Depth > other.Depth)
        {
            path = path.Parent;
        }

        return path is null || path.Equals(other._path);
    }

    internal Epoch Child(string node, int position, int index) => new(Root, new EpochPath(_path, node, position, index));

    /// <inheritdoc/>
    public bool Equals(Epoch other) =>
        Root == other.Root && (_path is null ? other._path is null : other._path is not null && _path.Equals(other._path));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Epoch other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _path is null ? Root.GetHashCode() : HashCode.Combine(Root, _path);

    /// <summary>By root, then segment by segment; a parent before its children, different maps by their place in the tube.</summary>
    public int CompareTo(Epoch other)
    {
        var order = Root.CompareTo(other.Root);
        return order != 0 ? order : EpochPath.Compare(_path, other._path);
    }

    /// <summary>The form <see cref="Parse"/> reads: <c>3/b:0/c:2</c>.</summary>
    public override string ToString()
    {
        if (_path is null)
        {
            return Root.ToString(CultureInfo.InvariantCulture);
        }

        var text = new StringBuilder();
        Write(text, _path);
        return text.ToString();
    }

    private void Write(StringBuilder text, EpochPath? path)
    {
        if (path is null)
        {
            text.Append(Root);
            return;
        }

        Write(text, path.Parent);
        text.Append('/').Append(path.Node).Append(':').Append(path.Index);
    }

    /// <summary>Reads an epoch as <see cref="ToString"/> writes it.</summary>
    /// <exception cref="FormatException">The text is not an epoch.</exception>
    public static Epoch Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var segments = text.Split('/');
        var epoch = new Epoch(Number(segments[0], text));
        foreach (var segment in segments.Skip(1))
        {
            var colon = segment.LastIndexOf(':');
            if (colon <= 0)
            {
                throw NotAnEpoch(text);
            }

            epoch = epoch.Child(segment[..colon], checked((int)Number(segment[(colon + 1)..], text)));
        }

        return epoch;
    }

    private static long Number(string digits, string text) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw NotAnEpoch(text);

    private static FormatException NotAnEpoch(string text) =>
        new($"'{text}' is not an epoch: write a number, or number/node:index for an element of a map, as in 3/b:0.");

    /// <summary>The same as <see cref="Add"/>.</summary>
    public static Epoch operator +(Epoch epoch, long steps) => epoch.Add(steps);

    /// <summary>The epoch <paramref name="steps"/> before, on the last segment.</summary>
    public static Epoch operator -(Epoch epoch, long steps) => epoch.Add(-steps);

    /// <summary>The same as <see cref="Add"/> with the steps negated.</summary>
    public Epoch Subtract(long steps) => Add(-steps);

    /// <summary>Equal root and path.</summary>
    public static bool operator ==(Epoch left, Epoch right) => left.Equals(right);

    /// <summary>Different root or path.</summary>
    public static bool operator !=(Epoch left, Epoch right) => !left.Equals(right);

    /// <summary>Earlier, or an epoch above.</summary>
    public static bool operator <(Epoch left, Epoch right) => left.CompareTo(right) < 0;

    /// <summary>Earlier, above, or the same.</summary>
    public static bool operator <=(Epoch left, Epoch right) => left.CompareTo(right) <= 0;

    /// <summary>Later, or an epoch below.</summary>
    public static bool operator >(Epoch left, Epoch right) => left.CompareTo(right) > 0;

    /// <summary>Later, below, or the same.</summary>
    public static bool operator >=(Epoch left, Epoch right) => left.CompareTo(right) >= 0;
}
