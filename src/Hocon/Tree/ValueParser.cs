using System.Text;
using Sluice.Hocon.Tokens;

namespace Sluice.Hocon.Tree;

/// <summary>Parses what may stand to the right of a key or in a list: one value or several that are joined.</summary>
internal sealed class ValueParser(TokenReader tokens, PathReader paths, Parser parser, IReadOnlyList<KeyPath> roots)
{
    /// <summary>Parses up to the end of the line, a comma or a closing bracket.</summary>
    /// <param name="place">Where the value belongs.</param>
    /// <param name="key">The key that the value is for, as error messages name it.</param>
    public Node Parse(Place place, KeyPath key)
    {
        if (place.Depth > Limits.Nesting)
        {
            throw new ConfigException(
                tokens.OriginOf(tokens.Next), $"objects and lists nest more than {Limits.Nesting} levels deep here: that is the limit.");
        }

        var first = tokens.Next;
        var parts = new List<Node>(1);
        ScalarNode? text = null;
        var structure = false;
        while (ParsePart(place, key) is { } part)
        {
            parts.Add(part);
            text ??= part as ScalarNode;
            structure |= part is ObjectNode or ArrayNode;
            if (structure && text is not null)
            {
                // Told as soon as it is there: what follows would only confuse, as in 'a = { b = 1 } c = 2'.
                throw Mixed(text, key);
            }
        }

        while (parts.Count > 0 && parts[^1] is SpaceNode)
        {
            parts.RemoveAt(parts.Count - 1);
        }

        return parts.Count switch
        {
            0 => throw tokens.Unexpected(tokens.Next, $"a value for '{key}'"),
            1 => parts[0],
            _ => Join(parts, tokens.OriginOf(first)),
        };
    }

    private Node? ParsePart(Place place, KeyPath key)
    {
        var next = tokens.Next;
        switch (next.Kind)
        {
            case TokenKind.Unquoted:
                return new ScalarNode(Scalars.Classify(tokens.Take().Text, tokens.OriginOf(next)));
            case TokenKind.Quoted:
                return new ScalarNode(new HoconScalar(ScalarKind.Text, tokens.Take().Text, tokens.OriginOf(next)));
            case TokenKind.Space:
                return new SpaceNode(tokens.Take().Text, tokens.OriginOf(next));
            case TokenKind.OpenBrace:
                return parser.ParseObject(place);
            case TokenKind.OpenBracket:
                return ParseList(place.InList, key);
            case TokenKind.Substitution or TokenKind.OptionalSubstitution:
                return ParseReference();
            case TokenKind.NewLine or TokenKind.Comma or TokenKind.CloseBrace or TokenKind.CloseBracket or TokenKind.End:
                return null;
            default:
                throw new ConfigException(
                    tokens.OriginOf(next), $"'{next.Text}' was found in the value of '{key}': put the whole value in double quotes if it belongs to it.");
        }
    }

    private ArrayNode ParseList(Place place, KeyPath key)
    {
        var opened = tokens.Take();
        var list = new ArrayNode(tokens.OriginOf(opened));
        while (true)
        {
            tokens.SkipBlank();
            if (AtEnd(opened))
            {
                return list;
            }

            list.Items.Add(Parse(place, key));
            if (!tokens.SkipBlank() && tokens.Next.Kind is not (TokenKind.Comma or TokenKind.CloseBracket or TokenKind.End))
            {
                throw Unclosed(opened, "',', a new line or ']'");
            }

            if (tokens.Next.Kind == TokenKind.Comma)
            {
                tokens.Take();
            }
        }
    }

    private bool AtEnd(Token opened)
    {
        switch (tokens.Next.Kind)
        {
            case TokenKind.CloseBracket:
                tokens.Take();
                return true;
            case TokenKind.End:
                throw tokens.NeverClosed(opened);
            case TokenKind.CloseBrace or TokenKind.Comma:
                throw Unclosed(opened, "an element or ']'");
            default:
                return false;
        }
    }

    private ConfigException Unclosed(Token opened, string expected) =>
        tokens.Unexpected(tokens.Next, $"{expected} for the '[' in line {opened.Line}, column {opened.Column}");

    private ReferenceNode ParseReference()
    {
        var opened = tokens.Take();
        tokens.SkipSpace();
        var path = paths.Read($"a path such as '{opened.Text}a.b}}'");
        var list = tokens.Next.Kind == TokenKind.OpenBracket;
        if (list)
        {
            tokens.Take();
            Expect(TokenKind.CloseBracket, opened);
        }

        Expect(TokenKind.CloseBrace, opened);
        return new ReferenceNode(path, opened.Kind == TokenKind.OptionalSubstitution, list, roots, tokens.OriginOf(opened));
    }

    private void Expect(TokenKind kind, Token opened)
    {
        if (tokens.Next.Kind != kind)
        {
            var closer = kind == TokenKind.CloseBracket ? "]" : "}";
            throw tokens.Unexpected(tokens.Next, $"'{closer}' for the '{opened.Text}' in column {opened.Column}");
        }

        tokens.Take();
    }

    private static ConfigException Mixed(ScalarNode text, KeyPath key) => new(
        text.Origin, $"{text.Value.Description} was found beside an object or a list in the value of '{key}' where ',' or a new line is expected.");

    private static Node Join(List<Node> parts, Origin origin)
    {
        if (parts.TrueForAll(part => part is ScalarNode or SpaceNode))
        {
            var text = new StringBuilder();
            parts.ForEach(part => text.Append(part is ScalarNode scalar ? scalar.Value.Text : ((SpaceNode)part).Text));
            return new ScalarNode(new HoconScalar(ScalarKind.Text, text.ToString(), origin));
        }

        if (parts.TrueForAll(part => part is ObjectNode or SpaceNode))
        {
            var merged = new ObjectNode(origin);
            parts.OfType<ObjectNode>().ToList().ForEach(merged.Merge);
            return merged;
        }

        return new JoinNode(parts, origin);
    }
}
