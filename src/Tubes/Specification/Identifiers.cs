using System.Text.RegularExpressions;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Specification.Source;

namespace Sluice.Tubes.Specification;

/// <summary>What ids may look like.</summary>
internal static partial class Identifiers
{
    private static readonly string[] s_reserved = ["assets", "input", "meta", "tube"];

    public static bool IsIdentifier(string text) => Identifier().IsMatch(text);

    public static bool IsReserved(string text) => s_reserved.Contains(text);

    public static bool IsTubeId(string text) => TubeId().IsMatch(text);

    public static void Check(SourceEntry entry, string section)
    {
        var key = $"{section}.{entry.Key}";
        if (!IsIdentifier(entry.Key))
        {
            throw new InvalidTubeException(entry.Position, key, $"'{entry.Key}' cannot be an id; use letters, digits and underscores, not starting with a digit.");
        }

        if (IsReserved(entry.Key))
        {
            throw new InvalidTubeException(entry.Position, key, $"'{entry.Key}' is reserved ({string.Join(", ", s_reserved)}); choose another id.");
        }

        if (entry.Value is SourceMap map && map["id"] is { } id && (id as SourceScalar)?.Text != entry.Key)
        {
            throw new InvalidTubeException(id.Position, key + ".id", $"the id here does not match its key '{entry.Key}'; remove it.");
        }
    }

    [GeneratedRegex(@"^[\p{L}_][\w]*$")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^[\w\-/#]+$")]
    private static partial Regex TubeId();
}
