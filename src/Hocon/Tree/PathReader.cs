using System.Text;
using Sluice.Hocon.Tokens;

namespace Sluice.Hocon.Tree;

/// <summary>
/// Reads a path expression, as keys and substitutions have it: text where dots separate, unless they are in quotes. Spaces inside belong to the
/// path, spaces around it do not.
/// </summary>
internal sealed class PathReader(TokenReader tokens)
{
    private readonly List<string> _keys = [];
    private readonly StringBuilder _key = new();
    private bool _quoted;

    /// <summary>Reads a path that a text holds and nothing else.</summary>
    /// <exception cref="ConfigException">The text is not a path.</exception>
    public static KeyPath Parse(string text, Origin origin)
    {
        var tokens = new TokenReader(text, origin.Source);
        tokens.SkipSpace();
        var path = new PathReader(tokens).Read("a path such as 'a.b.c'");
        return tokens.Next.Kind == TokenKind.End ? path : throw tokens.Unexpected(tokens.Next, "the end of the path");
    }

    /// <summary>Reads up to the first token that cannot be part of a path; the space before that is skipped.</summary>
    public KeyPath Read(string expected)
    {
        _keys.Clear();
        var first = tokens.Next;
        if (!first.IsText)
        {
            throw tokens.Unexpected(first, expected);
        }

        var space = "";
        while (tokens.Next.IsText || tokens.Next.Kind == TokenKind.Space)
        {
            var token = tokens.Take();
            if (token.Kind == TokenKind.Space)
            {
                space = token.Text;
                continue;
            }

            _key.Append(space);
            space = "";
            Add(token, first);
        }

        EndKey(first);
        if (_keys.Count > Limits.Nesting)
        {
            throw new ConfigException(tokens.OriginOf(first), $"a path of {_keys.Count} keys is refused: {Limits.Nesting} is the limit.");
        }

        return new KeyPath([.. _keys]);
    }

    private void Add(Token token, Token first)
    {
        if (token.Kind == TokenKind.Quoted)
        {
            _quoted = true;
            _key.Append(token.Text);
            return;
        }

        var rest = token.Text.AsSpan();
        for (var dot = rest.IndexOf('.'); dot >= 0; dot = rest.IndexOf('.'))
        {
            _key.Append(rest[..dot]);
            EndKey(first);
            rest = rest[(dot + 1)..];
        }

        _key.Append(rest);
    }

    private void EndKey(Token first)
    {
        if (_key.Length == 0 && !_quoted)
        {
            throw new ConfigException(
                tokens.OriginOf(first), "this path begins or ends with '.' or has two of them in a row: an empty key must be written as '\"\"'.");
        }

        _keys.Add(_key.ToString());
        _key.Clear();
        _quoted = false;
    }
}
