using Sluice.Hocon.Sources;
using Sluice.Hocon.Tokens;

namespace Sluice.Hocon.Tree;

/// <summary>Makes a tree of one text and of those it includes.</summary>
internal sealed class Parser
{
    private readonly TokenReader _tokens;
    private readonly PathReader _paths;
    private readonly IncludeReader _includes;
    private readonly ValueParser _values;
    private readonly Place _top;

    private Parser(Source source, IncludeReader includes, Place top, IReadOnlyList<KeyPath> roots)
    {
        _tokens = new TokenReader(source.Text, source.Name);
        _paths = new PathReader(_tokens);
        _includes = includes;
        _values = new ValueParser(_tokens, _paths, this, roots);
        _top = top;
        Roots = roots;
    }

    /// <summary>The places of this text's root and of the roots of the texts that include it, innermost first, without the whole one's.</summary>
    public IReadOnlyList<KeyPath> Roots { get; }

    public static ObjectNode Parse(Source source) => Parse(source, new IncludeReader(source, new IncludeBudget()), Place.Root, []);

    public static ObjectNode Parse(Source source, IncludeReader includes, Place top, IReadOnlyList<KeyPath> roots) =>
        new Parser(source, includes, top, roots).ParseRoot();

    private ObjectNode ParseRoot()
    {
        _tokens.SkipBlank();
        var first = _tokens.Next;
        switch (first.Kind)
        {
            case TokenKind.OpenBrace:
                var root = ParseObject(_top);
                _tokens.SkipBlank();
                return _tokens.Next.Kind == TokenKind.End
                    ? root
                    : throw _tokens.Unexpected(_tokens.Next, $"the end of the file after the '}}' of the '{{' in line {first.Line}");
            case TokenKind.OpenBracket:
                throw new ConfigException(_tokens.OriginOf(first), "a list was found where a configuration must have an object: give it a key.");
            default:
                var fields = new ObjectNode(_tokens.OriginOf(first));
                ParseFields(fields, opened: null, _top);
                return fields;
        }
    }

    /// <summary>Parses from '{' to the matching '}'.</summary>
    public ObjectNode ParseObject(Place place)
    {
        var opened = _tokens.Take();
        var node = new ObjectNode(_tokens.OriginOf(opened));
        ParseFields(node, opened, place);
        return node;
    }

    private void ParseFields(ObjectNode target, Token? opened, Place place)
    {
        while (true)
        {
            _tokens.SkipBlank();
            if (AtEnd(opened))
            {
                return;
            }

            ParseField(target, place);
            if (!_tokens.SkipBlank() && _tokens.Next.Kind is not (TokenKind.Comma or TokenKind.CloseBrace or TokenKind.End))
            {
                throw _tokens.Unexpected(_tokens.Next, opened is null ? "',' or a new line" : "',', a new line or '}'");
            }

            if (_tokens.Next.Kind == TokenKind.Comma)
            {
                _tokens.Take();
            }
        }
    }

    private bool AtEnd(Token? opened)
    {
        switch (_tokens.Next.Kind)
        {
            case TokenKind.End:
                return opened is null ? true : throw _tokens.NeverClosed(opened.Value);
            case TokenKind.CloseBrace:
                var close = _tokens.Take();
                return opened is not null
                    ? true
                    : throw new ConfigException(_tokens.OriginOf(close), "'}' was found, but no '{' is open.");
            default:
                return false;
        }
    }

    private void ParseField(ObjectNode target, Place place)
    {
        var first = _tokens.Next;
        if (first.IsUnquoted("include"))
        {
            _tokens.Take();
            _includes.Read(_tokens, first, target, place, Roots);
            return;
        }

        var path = _paths.Read("a key");
        var below = place.Below(path);
        var append = TakeSeparator(first, path);
        _tokens.SkipBlank();
        if (append)
        {
            target.Append(path, _values.Parse(below.InList, path));
        }
        else
        {
            target.Set(path, _values.Parse(below, path));
        }
    }

    private bool TakeSeparator(Token first, KeyPath path)
    {
        var newLine = _tokens.SkipBlank();
        switch (_tokens.Next.Kind)
        {
            case TokenKind.PlusEquals:
                _tokens.Take();
                return true;
            case TokenKind.Colon or TokenKind.Equals:
                _tokens.Take();
                return false;
            case TokenKind.OpenBrace:
                return false;
            default:
                var found = newLine ? "the end of the line" : _tokens.Next.Description;
                var where = newLine ? first : _tokens.Next;
                throw new ConfigException(
                    _tokens.OriginOf(where), $"{found} was found after the key '{path}' where '=', ':', '+=' or '{{' is expected.");
        }
    }
}
