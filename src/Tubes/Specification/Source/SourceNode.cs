using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Specification.Source;

/// <summary>A value of a specification before it is understood: what was written, and where.</summary>
internal abstract class SourceNode(SourcePosition position)
{
    public SourcePosition Position { get; } = position;

    /// <summary>What a person calls such a value, for error messages.</summary>
    public abstract string Kind { get; }

    /// <summary>The value in plain types: string, long, double, bool, null, lists and dictionaries of them.</summary>
    public abstract object? ToPlain();

    /// <summary>Wraps a value made in memory.</summary>
    public static SourceNode From(object? value, SourcePosition position) => value switch
    {
        SourceNode node => node,
        null or string => new SourceScalar(position, value, value as string ?? "null"),
        IReadOnlyDictionary<string, object?> map => new SourceMap(position, map.Select(pair => new SourceEntry(pair.Key, position, From(pair.Value, position)))),
        System.Collections.IDictionary map => new SourceMap(position, Entries(map, position)),
        System.Collections.IEnumerable list => new SourceList(position, [.. list.Cast<object?>().Select(item => From(item, position))]),
        int number => new SourceScalar(position, (long)number, number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        _ => new SourceScalar(position, value, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? ""),
    };

    private static IEnumerable<SourceEntry> Entries(System.Collections.IDictionary map, SourcePosition position)
    {
        foreach (System.Collections.DictionaryEntry entry in map)
        {
            yield return new SourceEntry(entry.Key.ToString() ?? "", position, From(entry.Value, position));
        }
    }
}
