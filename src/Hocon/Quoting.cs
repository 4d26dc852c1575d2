using System.Globalization;
using System.Text;

namespace Sluice.Hocon;

/// <summary>Writes keys and strings so that HOCON reads back the same.</summary>
internal static class Quoting
{
    public static string OfKey(string key) => key.Length > 0 && key.All(IsPlain) && key != "include" ? key : OfText(key);

    public static string OfText(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append(@"\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' or (>= '\ud800' and <= '\udfff') => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
