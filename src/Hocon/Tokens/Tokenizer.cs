using System.Buffers;

namespace Sluice.Hocon.Tokens;

/// <summary>
/// Cuts a text into tokens, one at a time, looking at most three characters ahead. Comments are left out. It accepts tokens in any order:
/// what may follow what is the parser's business.
/// </summary>
internal sealed class Tokenizer(string text, string source)
{
    private static readonly SearchValues<char> Mantissa = SearchValues.Create("-.0123456789");

    private int _at;
    private int _line = 1;
    private int _lineStart;

    public Token Next()
    {
        SkipComment();
        if (_at >= text.Length)
        {
            return new Token(TokenKind.End, "", _line, Column);
        }

        return text[_at] switch
        {
            '\n' => NewLine(),
            '{' => Take(TokenKind.OpenBrace, "{"),
            '}' => Take(TokenKind.CloseBrace, "}"),
            '[' => Take(TokenKind.OpenBracket, "["),
            ']' => Take(TokenKind.CloseBracket, "]"),
            ',' => Take(TokenKind.Comma, ","),
            ':' => Take(TokenKind.Colon, ":"),
            '=' => Take(TokenKind.Equals, "="),
            '+' when StartsWith("+=") => Take(TokenKind.PlusEquals, "+="),
            '$' when StartsWith("${?") => Take(TokenKind.OptionalSubstitution, "${?"),
            '$' when StartsWith("${") => Take(TokenKind.Substitution, "${"),
            '"' when StartsWith("\"\"\"") => MultiLine(),
            '"' => Quoted(),
            var c when Characters.IsSpace(c) => Space(),
            var c when Characters.IsReserved(c) => throw Reserved(c),
            _ => Unquoted(),
        };
    }

    private int Column => _at - _lineStart + 1;

    private bool StartsWith(string prefix) => string.CompareOrdinal(text, _at, prefix, 0, prefix.Length) == 0;

    private void SkipComment()
    {
        if (StartsWith("#") || StartsWith("//"))
        {
            var end = text.IndexOf('\n', _at);
            _at = end < 0 ? text.Length : end;
        }
    }

    private Token Take(TokenKind kind, string what)
    {
        var token = new Token(kind, what, _line, Column);
        _at += what.Length;
        return token;
    }

    private Token NewLine()
    {
        var token = Take(TokenKind.NewLine, "\n");
        StartLine(_at);
        return token;
    }

    private void StartLine(int at)
    {
        _line++;
        _lineStart = at;
    }

    private Token Space()
    {
        var end = _at + 1;
        while (end < text.Length && text[end] != '\n' && Characters.IsSpace(text[end]))
        {
            end++;
        }

        return Take(TokenKind.Space, end == _at + 1 && text[_at] == ' ' ? " " : text[_at..end]);
    }

    private Token Unquoted()
    {
        var end = _at + 1;
        while (end < text.Length && IsUnquotedAt(end))
        {
            end++;
        }

        return Take(TokenKind.Unquoted, text[_at..end]);
    }

    private bool IsUnquotedAt(int at) => text[at] switch
    {
        '/' => at + 1 >= text.Length || text[at + 1] != '/',
        '+' => IsSignOfExponent(at),
        var c => !Characters.IsSpace(c) && !Characters.IsReserved(c),
    };

    // The one place where '+' is part of a plain text: 1e+5.
    private bool IsSignOfExponent(int at) =>
        text[at - 1] is 'e' or 'E'
        && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])
        && text.AsSpan(_at, at - 1 - _at) is { Length: > 0 } mantissa && !mantissa.ContainsAnyExcept(Mantissa);

    private Token Quoted()
    {
        var (line, column) = (_line, Column);
        var reader = new QuotedText(text, _at, new Origin(source, line, column));
        var value = reader.Read(offset => new Origin(source, line, column + offset));
        _at = reader.End;
        return new Token(TokenKind.Quoted, value, line, column);
    }

    private Token MultiLine()
    {
        var (line, column) = (_line, Column);
        var start = _at + 3;
        var close = text.IndexOf("\"\"\"", start, StringComparison.Ordinal);
        if (close < 0)
        {
            throw new ConfigException(
                new Origin(source, line, column), "this multi-line string is never closed: '\"\"\"' is expected before the end of the file.");
        }

        while (close + 3 < text.Length && text[close + 3] == '"')
        {
            close++;
        }

        for (var at = text.IndexOf('\n', start, close - start); at >= 0; at = text.IndexOf('\n', at + 1, close - at - 1))
        {
            StartLine(at + 1);
        }

        _at = close + 3;
        return new Token(TokenKind.Quoted, text[start..close], line, column);
    }

    private ConfigException Reserved(char c) => new(
        new Origin(source, _line, Column), $"'{c}' was found where plain text may not have it: put the whole text in double quotes.");
}
