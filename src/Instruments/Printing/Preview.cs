using System.Globalization;
using System.Text;

namespace Sluice.Instruments.Printing;

/// <summary>Shows a payload on one line: bounded, printable, and whatever the payload's own code does.</summary>
public static class Preview
{
    /// <summary>Characters or bytes shown before the rest is cut.</summary>
    public const int DefaultLimit = 80;

    /// <summary>Shows bytes as quoted text.</summary>
    public static string Of(ReadOnlySpan<byte> data, int limit = DefaultLimit)
    {
        var text = new StringBuilder("'");
        foreach (var octet in data[..Math.Min(limit, data.Length)])
        {
            Append(text, (char)octet, isByte: true);
        }

        return End(text, data.Length > limit, "'");
    }

    /// <summary>Shows what an item's own <c>ToString</c> says, or why it says nothing.</summary>
    public static string Of(object? item, int limit = DefaultLimit) =>
        item is byte[] bytes ? Of(bytes.AsSpan(), limit) : Of(TextOf(item), limit);

    /// <summary>Shows a text.</summary>
    public static string Of(string text, int limit = DefaultLimit)
    {
        if (text.Length <= limit && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var shown = new StringBuilder();
        foreach (var character in text.AsSpan(0, Math.Min(limit, text.Length)))
        {
            Append(shown, character, isByte: false);
        }

        return End(shown, text.Length > limit, "");
    }

    private static string TextOf(object? item)
    {
        try
        {
            return item?.ToString() ?? "null";
        }
        catch (Exception fault)
        {
            // The item is the watched program's; its broken ToString must not cost it the instrument.
            return $"{item?.GetType().Name} whose ToString threw {fault.GetType().Name}";
        }
    }

    private static void Append(StringBuilder text, char character, bool isByte)
    {
        _ = character switch
        {
            '\n' => text.Append("\\n"),
            '\r' => text.Append("\\r"),
            '\t' => text.Append("\\t"),
            >= ' ' and <= '~' => text.Append(character),
            _ when isByte => text.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}"),
            _ when char.IsControl(character) || char.IsSurrogate(character) || char.GetUnicodeCategory(character)
                is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
            _ => text.Append(character),
        };
    }

    private static string End(StringBuilder text, bool isCut, string quote) => text.Append(isCut ? "…" : "").Append(quote).ToString();
}
