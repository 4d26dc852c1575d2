namespace Sluice.Hocon.Tree;

/// <summary>A substitution.</summary>
/// <param name="path">What it names, from the root of the text it is written in.</param>
/// <param name="optional">Whether it was written <c>${?path}</c>.</param>
/// <param name="list">Whether it was written <c>${path[]}</c>: a list from numbered environment variables.</param>
/// <param name="roots">Where the text and the ones that include it have their roots, innermost first; the path is tried below each.</param>
/// <param name="origin">The place of its <c>$</c>.</param>
internal sealed class ReferenceNode(KeyPath path, bool optional, bool list, IReadOnlyList<KeyPath> roots, Origin origin) : Node(origin)
{
    public KeyPath Path { get; } = path;

    public bool Optional { get; } = optional;

    public bool List { get; } = list;

    public IReadOnlyList<KeyPath> Roots { get; } = roots;

    public override string ToString() => $"${{{(Optional ? "?" : "")}{Path}{(List ? "[]" : "")}}}";
}
