namespace Sluice.Hocon.Tree;

/// <summary>Where in the whole configuration the parser is: what is written here belongs to this path.</summary>
/// <param name="Path">The keys above; null inside a list, whose elements no path can name.</param>
/// <param name="Depth">Levels of objects and lists above.</param>
internal readonly record struct Place(KeyPath? Path, int Depth)
{
    public static Place Root { get; } = new(KeyPath.Root, 0);

    public Place Below(KeyPath key) => new(Path?.Then(key), Depth + key.Length);

    public Place InList => new(null, Depth + 1);
}
