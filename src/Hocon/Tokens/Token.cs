namespace Sluice.Hocon.Tokens;

/// <summary>A piece of text that means something. <c>Text</c> is what it stands for: escapes are replaced, quotes are gone.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Line, int Column)
{
    public bool IsText => Kind is TokenKind.Unquoted or TokenKind.Quoted;

    /// <summary>How an error message names it.</summary>
    public string Description => Kind switch
    {
        TokenKind.End => "the end of the file",
        TokenKind.NewLine => "the end of the line",
        TokenKind.Space => "a space",
        TokenKind.Quoted => new HoconScalar(ScalarKind.Text, Text, Origin.Program).Description.Replace('\'', '"'),
        _ => new HoconScalar(ScalarKind.Text, Text, Origin.Program).Description,
    };

    public bool IsUnquoted(string text) => Kind == TokenKind.Unquoted && Text == text;
}
