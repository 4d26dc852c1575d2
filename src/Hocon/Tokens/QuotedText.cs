using System.Globalization;
using System.Text;

namespace Sluice.Hocon.Tokens;

/// <summary>Reads one string in double quotes, as JSON writes it, from its opening quote on.</summary>
internal sealed class QuotedText(string text, int start, Origin opened)
{
    /// <summary>Where the text goes on after the closing quote.</summary>
    public int End { get; private set; } = start + 1;

    public string Read(Func<int, Origin> originAt)
    {
        var value = new StringBuilder();
        while (true)
        {
            var run = End;
            while (End < text.Length && text[End] is not ('"' or '\\') && text[End] >= ' ')
            {
                End++;
            }

            value.Append(text, run, End - run);
            if (End >= text.Length || text[End] is '\n' or '\r')
            {
                throw new ConfigException(opened, "this quoted string is never closed: '\"' is expected before the end of the line.");
            }

            switch (text[End])
            {
                case '"':
                    End++;
                    return value.ToString();
                case '\\':
                    value.Append(Escape(originAt));
                    break;
                case var control:
                    throw new ConfigException(
                        originAt(End - start),
                        $"the control character U+{(int)control:X4} was found in a quoted string: write it as '\\u{(int)control:x4}'.");
            }
        }
    }

    private char Escape(Func<int, Origin> originAt)
    {
        var at = End;
        End += 2;
        var c = at + 1 < text.Length ? text[at + 1] : '\0';
        switch (c)
        {
            case '"' or '\\' or '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when at + 6 <= text.Length
                && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                End = at + 6;
                return (char)code;
            default:
                throw UnknownEscape(originAt(at - start), c);
        }
    }

    private static ConfigException UnknownEscape(Origin origin, char c)
    {
        var found = c == 'u' ? "'\\u' without four hexadecimal digits" : c < ' ' ? "a lone '\\'" : $"'\\{c}'";
        return new ConfigException(
            origin,
            $"{found} was found in a quoted string where an escape is expected: one of '\\\"', '\\\\', '\\/', '\\b', '\\f', '\\n', '\\r', '\\t' or '\\uXXXX'.");
    }
}
