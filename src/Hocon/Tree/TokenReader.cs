using Sluice.Hocon.Tokens;

namespace Sluice.Hocon.Tree;

/// <summary>The tokens of one text with the next one in view.</summary>
internal sealed class TokenReader
{
    private readonly Tokenizer _tokens;
    private readonly string _source;

    public TokenReader(string text, string source)
    {
        _tokens = new Tokenizer(text, source);
        _source = source;
        Next = _tokens.Next();
    }

    /// <summary>The token that <see cref="Take"/> would return.</summary>
    public Token Next { get; private set; }

    public Token Take()
    {
        var token = Next;
        Next = _tokens.Next();
        return token;
    }

    public void SkipSpace()
    {
        while (Next.Kind == TokenKind.Space)
        {
            Take();
        }
    }

    /// <summary>Skips spaces and new lines; tells whether there was a new line.</summary>
    public bool SkipBlank()
    {
        var newLine = false;
        while (Next.Kind is TokenKind.Space or TokenKind.NewLine)
        {
            newLine |= Take().Kind == TokenKind.NewLine;
        }

        return newLine;
    }

    public Origin OriginOf(Token token) => new(_source, token.Line, token.Column);

    /// <summary>A token in the wrong place.</summary>
    public ConfigException Unexpected(Token token, string expected) =>
        new(OriginOf(token), $"{token.Description} was found where {expected} is expected.");

    public ConfigException NeverClosed(Token opened) =>
        new(OriginOf(opened), $"this '{opened.Text}' is never closed: '{CloserOf(opened)}' is expected before the end of the file.");

    public static string CloserOf(Token opened) => opened.Kind == TokenKind.OpenBracket ? "]" : "}";
}
