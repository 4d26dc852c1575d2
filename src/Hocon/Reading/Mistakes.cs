namespace Sluice.Hocon.Reading;

/// <summary>The sentences about values that are not what they should be.</summary>
internal static class Mistakes
{
    public static ConfigException WrongType(HoconValue found, KeyPath path, string expected) =>
        new(found.Origin, $"'{path}' is {found.Description}: {expected} is expected.", path.ToString());

    public static ConfigException Missing(Origin nearest, KeyPath path, string expected) =>
        new(nearest, $"'{path}' is missing: {expected} is expected.", path.ToString());

    public static ConfigException Unknown(Origin origin, KeyPath path, IReadOnlyList<string> known)
    {
        var remedy = Words.Nearest(path.Last, known) is { } near ? $"did you mean '{near}'?"
            : known.Count == 0 ? "none is known here."
            : $"{Words.OneOf(known)} is expected.";
        return new ConfigException(origin, $"'{path}' is not a known key: {remedy}", path.ToString());
    }

    public static ConfigException Refused(HoconValue found, KeyPath path, string reason, Exception? inner = null) =>
        new(found.Origin, $"'{path}' is refused: {reason}", path.ToString(), inner);
}
