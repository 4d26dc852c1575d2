using System.Text;
using Sluice.Hocon.Sources;
using Sluice.Hocon.Tokens;

namespace Sluice.Hocon.Tree;

/// <summary>Reads include statements of one source and puts what they name in their place.</summary>
internal sealed class IncludeReader(Source source, IncludeBudget budget, IncludeReader? includedBy = null)
{
    private readonly Source _source = source;
    private readonly IncludeReader? _includedBy = includedBy;

    private const string Expected =
        "a file name in double quotes, file(\"…\"), classpath(\"…\") or required(…) (a key that is called include must be quoted)";

    private static readonly string[] Openings =
        ["", "file(", "classpath(", "url(", "required(", "required(file(", "required(classpath(", "required(url("];

    /// <summary>Reads a statement from behind the word <c>include</c> and merges the included fields into <paramref name="target"/>.</summary>
    public void Read(TokenReader tokens, Token keyword, ObjectNode target, Place place, IReadOnlyList<KeyPath> roots)
    {
        var statement = ReadStatement(tokens, keyword);
        if (statement.Kind == "url")
        {
            throw new ConfigException(statement.Origin, "url(\"…\") was found, and nothing is fetched from the network: include a file.");
        }

        var found = _source.Find(statement);
        if (found.Count == 0 && statement.Required)
        {
            throw new ConfigException(statement.Origin, $"the required file '{statement.Name}' does not exist beside {_source.Name}.");
        }

        IReadOnlyList<KeyPath> inner = place.Path is { Length: > 0 } path ? [path, .. roots.Where(root => root.ToString() != path.ToString())] : roots;
        foreach (var included in found)
        {
            budget.Spend(statement.Origin);
            RefuseCycle(included, statement.Origin);
            target.Merge(Parser.Parse(included, new IncludeReader(included, budget, this), place, inner));
        }
    }

    private static IncludeStatement ReadStatement(TokenReader tokens, Token keyword)
    {
        var opening = ReadWords(tokens);
        var name = tokens.Next;
        if (name.Kind != TokenKind.Quoted || !Openings.Contains(opening))
        {
            throw tokens.Unexpected(opening.Length > 0 ? keyword with { Text = $"include {opening}" } : name, Expected);
        }

        tokens.Take();
        var closers = opening.Count(c => c == '(');
        if (closers > 0 && ReadWords(tokens, closers) != new string(')', closers))
        {
            throw tokens.Unexpected(tokens.Next, $"'{new string(')', closers)}' after '{opening}\"{name.Text}\"'");
        }

        var required = opening.StartsWith("required(", StringComparison.Ordinal);
        var kind = (required ? opening["required(".Length..] : opening).TrimEnd('(');
        return new IncludeStatement(kind, name.Text, required, tokens.OriginOf(name));
    }

    private static string ReadWords(TokenReader tokens, int atMost = int.MaxValue)
    {
        var words = new StringBuilder();
        tokens.SkipBlank();
        while (tokens.Next.Kind == TokenKind.Unquoted && words.Length < atMost)
        {
            words.Append(tokens.Take().Text);
            if (words.Length < atMost)
            {
                tokens.SkipBlank();
            }
        }

        return words.ToString();
    }

    private void RefuseCycle(Source included, Origin origin)
    {
        for (var reader = this; reader is not null; reader = reader._includedBy)
        {
            if (reader._source.Identity == included.Identity)
            {
                throw new ConfigException(origin, $"'{included.Name}' includes itself by way of this file: take one of the includes out.");
            }
        }
    }
}
