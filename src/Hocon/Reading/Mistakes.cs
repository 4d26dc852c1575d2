namespace Sluice.Hocon.Reading;

/// <summary>The sentences about values that are not what they should be.</summary>
internal static class Mistakes
{
    public static ConfigException WrongType(HoconValue found, KeyPath path, string expected) =>
        new(found.Origin, $"'{path}' is {found.Description}: {expected} is expected.", path.ToString());

    public static ConfigException Missing(Origin nearest, KeyPath path, string expected) =>
        new(nearest, $"'{path}' is missing: {expected} is expected.", path.ToString());
}
