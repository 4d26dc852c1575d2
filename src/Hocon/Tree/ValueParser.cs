using System.Text;
using Sluice.Hocon.Tokens;

namespace Sluice.Hocon.Tree;

/// <summary>Parses what may stand to the right of a key or in a list: one value or several that are joined.</summary>
internal sealed class ValueParser(TokenReader tokens, Parser parser, IReadOnlyList<KeyPath> roots)
{
    /// <summary>Parses up to the end of the line, a comma or a closing bracket.</summary>
    /// <param name="place">Where the value belongs.</param>
    /// <param name="key">What the value is for, in words for error messages.</param>
    public Node Parse(Place place, string key)
    {
        if (place.Depth > Limits.Nesting)
        {
            throw new ConfigException(
                tokens.OriginOf(tokens.Next), $"objects and lists nest more than {Limits.Nesting} levels deep here: that is the limit.");
        }

        var first = tokens.Next;
        var parts = new List<Node>();
        while (ParsePart(place, key) is { } part)
        {
            parts.Add(part);
            RefuseMixture(parts, key);
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

    private Node? ParsePart(Place place, string key)
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

    private ArrayNode ParseList(Place place, string key)
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

            list.Items.Add(Parse(place, $"{key}[{list.Items.Count}]"));
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
        var path = new PathReader(tokens).Read($"a path such as '{opened.Text}a.b}}'");
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

    // Told as soon as it is there: what follows would only confuse, as in 'a = { b = 1 } c = 2'.
    private static void RefuseMixture(List<Node> parts, string key)
    {
        if (parts[^1] is not SpaceNode
            && parts.Find(part => part is ScalarNode) is ScalarNode text
            && parts.Exists(part => part is ObjectNode or ArrayNode))
        {
            throw new ConfigException(
                text.Origin, $"{text.Value.Description} was found beside an object or a list in the value of '{key}' where ',' or a new line is expected.");
        }
    }

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
