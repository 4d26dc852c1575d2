using Sluice.Tubes.Specification.Source;

namespace Sluice.Tubes.Specification;

/// <summary>Lays a tube over one that it extends: mappings merge key by key, everything else is replaced.</summary>
internal static class Extension
{
    private static readonly string[] s_own = ["noob_id", "tube", "noob_model", "noob_version", "extends"];

    /// <summary>The tube <paramref name="over"/> laid over <paramref name="under"/>; the header is the upper one's.</summary>
    public static SourceMap Lay(SourceMap under, SourceMap over) =>
        Merge(new SourceMap(under.Position, WithReturnNamed(under, over).Entries.Where(entry => !s_own.Contains(entry.Key))), over);

    private static SourceMap Merge(SourceMap under, SourceMap over)
    {
        var merged = under.Entries.Select(entry => over.Find(entry.Key) is { } upper ? upper with { Value = Merge(entry, upper) } : entry);
        return new SourceMap(over.Position, merged.Concat(over.Entries.Where(entry => under.Find(entry.Key) is null)));
    }

    private static SourceNode Merge(SourceEntry under, SourceEntry over) =>
        over.Key != "depends" && under.Value is SourceMap left && over.Value is SourceMap right ? Merge(left, right) : over.Value;

    /// <summary>A tube has one return node: the lower one's takes the upper one's id, so that the two merge.</summary>
    private static SourceMap WithReturnNamed(SourceMap under, SourceMap over)
    {
        if (under["nodes"] is not SourceMap lower || Return(lower) is not { } lowerId
            || over["nodes"] is not SourceMap upper || Return(upper) is not { } upperId || lowerId == upperId)
        {
            return under;
        }

        var nodes = new SourceMap(lower.Position, lower.Entries.Select(entry => entry.Key == lowerId ? entry with { Key = upperId } : entry));
        return new SourceMap(under.Position, under.Entries.Select(entry => entry.Key == "nodes" ? entry with { Value = nodes } : entry));
    }

    private static string? Return(SourceMap nodes) =>
        nodes.Entries.FirstOrDefault(entry => entry.Value is SourceMap node && node["type"] is SourceScalar { Value: "return" })?.Key;
}
