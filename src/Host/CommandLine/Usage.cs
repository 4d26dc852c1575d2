using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace Sluice.Host.CommandLine;

/// <summary>Says in one sentence what is wrong with a command line, and what was probably meant.</summary>
internal static class Usage
{
    public static string Explain(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var name = command is RootCommand ? "sluice" : $"sluice {Path(parsed.CommandResult)}";
        var unknown = parsed.UnmatchedTokens is [var first, ..] ? first : null;
        if (unknown is null)
        {
            return $"{name}: {Mistake(parsed.Errors[0])}; try '{name} --help'.";
        }

        var isOption = unknown.StartsWith('-');
        var known = isOption
            ? command.Options.SelectMany(option => option.Aliases.Append(option.Name))
            : command.Subcommands.Select(subcommand => subcommand.Name);
        var nearest = Nearest.To(unknown, known);
        var hint = nearest is null ? $"try '{name} --help'" : $"did you mean '{nearest}'?";
        return $"{name}: unknown {(isOption ? "option" : "word")} '{unknown}': {hint}{(nearest is null ? "." : "")}";
    }

    private static string Mistake(ParseError error)
    {
        var option = error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult;
        if (option is not { Tokens: [var value, ..] })
        {
            return error.Message.TrimEnd('.');
        }

        string[] choices = [.. option.Option.GetCompletions(CompletionContext.Empty).Select(choice => choice.Label.ToLowerInvariant())];
        var expected = choices.Length > 0 ? string.Join(" or ", choices) : "a whole number";
        return $"{option.Option.Name} is '{value.Value}': give {expected}";
    }

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult { Command: not RootCommand } parent ? $"{Path(parent)} {result.Command.Name}" : result.Command.Name;
}
