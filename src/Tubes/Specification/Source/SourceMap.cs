using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Specification.Source;

/// <summary>Keys and their values, in the order written.</summary>
internal sealed class SourceMap : SourceNode
{
    private readonly Dictionary<string, SourceEntry> _byKey = new(StringComparer.Ordinal);

    public SourceMap(SourcePosition position, IEnumerable<SourceEntry> entries)
        : base(position)
    {
        Entries = [.. entries];
        foreach (var entry in Entries)
        {
            if (!_byKey.TryAdd(entry.Key, entry))
            {
                throw new InvalidTubeException(entry.Position, entry.Key, "the key is there twice; keep one of them.");
            }
        }
    }

    public IReadOnlyList<SourceEntry> Entries { get; }

    public override string Kind => "a mapping";

    public SourceNode? this[string key] => _byKey.TryGetValue(key, out var entry) ? entry.Value : null;

    public SourceEntry? Find(string key) => _byKey.GetValueOrDefault(key);

    public override object? ToPlain() => Entries.ToDictionary(entry => entry.Key, entry => entry.Value.ToPlain(), StringComparer.Ordinal);
}
