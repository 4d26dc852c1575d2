using System.Text.RegularExpressions;

namespace Sluice.Hocon.Tree;

/// <summary>Tells what an unquoted text is.</summary>
internal static partial class Scalars
{
    public static HoconScalar Classify(string text, Origin origin) => new(KindOf(text), text, origin);

    public static bool IsNumber(string text) => text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] == '-') && Number().IsMatch(text);

    private static ScalarKind KindOf(string text) => text switch
    {
        "true" or "false" => ScalarKind.Boolean,
        "null" => ScalarKind.Null,
        _ => IsNumber(text) ? ScalarKind.Number : ScalarKind.Text,
    };

    // RFC 8259, section 6.
    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
