namespace Sluice.Hocon.Tokens;

internal enum TokenKind
{
    End,
    NewLine,
    Space,
    Unquoted,
    Quoted,
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    Comma,
    Colon,
    Equals,
    PlusEquals,
    Substitution,
    OptionalSubstitution,
}
