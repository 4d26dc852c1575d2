using System.Globalization;

namespace Sluice.Hocon.Tokens;

/// <summary>The classes of characters of the HOCON specification, chapters "Whitespace" and "Unquoted strings".</summary>
internal static class Characters
{
    private const string Reserved = "$\"{}[]:=,+#`^?!@*&\\";

    /// <summary>Whitespace, the new line included.</summary>
    public static bool IsSpace(char c) => c switch
    {
        ' ' or (>= '\t' and <= '\r') or (>= '\u001c' and <= '\u001f') or '\ufeff' => true,
        < '\u0080' => false,
        _ => char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };

    public static bool IsReserved(char c) => Reserved.Contains(c);
}
