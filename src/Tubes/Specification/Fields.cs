using Sluice.Tubes.Errors;
using Sluice.Tubes.Specification.Source;

namespace Sluice.Tubes.Specification;

/// <summary>Takes the fields of one mapping and says precisely what is wrong with them.</summary>
internal sealed class Fields
{
    private readonly string _path;

    public Fields(SourceNode node, string path, SourcePosition position, IReadOnlyCollection<string> known)
    {
        _path = path;
        Position = position;
        Map = node as SourceMap ?? (node is SourceScalar { Value: null }
            ? new SourceMap(node.Position, [])
            : throw new InvalidTubeException(node.Position, path, $"this must be a mapping of {string.Join(", ", known)}, not {node.Kind}."));
        if (Map.Entries.FirstOrDefault(entry => !known.Contains(entry.Key)) is { } unknown)
        {
            throw new InvalidTubeException(unknown.Position, Key(unknown.Key), $"there is no such key here. {Nearest.Hint(unknown.Key, known)}");
        }
    }

    public SourceMap Map { get; }

    public SourcePosition Position { get; }

    public string Key(string field) => _path.Length == 0 ? field : $"{_path}.{field}";

    public SourcePosition At(string field) => Map.Find(field)?.Value.Position ?? Position;

    public InvalidTubeException Error(string field, string problem) => new(At(field), Key(field), problem);

    public string? Text(string field) => Map[field] switch
    {
        null or SourceScalar { Value: null } => null,
        SourceScalar { Value: string text } => text,
        SourceScalar scalar => throw Error(field, $"this must be text, but {scalar.Text} is {scalar.Kind}; write it in quotes."),
        var other => throw Error(field, $"this must be text, not {other.Kind}."),
    };

    public string RequiredText(string field, string meaning) =>
        Text(field) is { Length: > 0 } text ? text : throw Error(field, $"it is missing; add {field}: {meaning}.");

    public bool? Flag(string field) => Map[field] switch
    {
        null or SourceScalar { Value: null } => null,
        SourceScalar { Value: bool flag } => flag,
        var other => throw Error(field, $"this must be true or false, not {other.Kind}."),
    };

    public T OneOf<T>(string field, T? absent)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToArray();
        var text = Text(field);
        return text is null ? absent ?? throw Error(field, $"it is missing; add {field}: {string.Join(" or ", names)}.")
            : Array.IndexOf(names, text) is var index and >= 0 ? Enum.GetValues<T>()[index]
            : throw Error(field, $"'{text}' is not one of {string.Join(", ", names)}. {Nearest.Hint(text, names)}");
    }

    /// <summary>The entries of a field that maps ids to mappings; an absent field has none.</summary>
    public IEnumerable<SourceEntry> Section(string field) => Map[field] switch
    {
        null or SourceScalar { Value: null } => [],
        SourceMap map => map.Entries,
        var other => throw Error(field, $"this must be a mapping of ids, not {other.Kind}."),
    };
}
