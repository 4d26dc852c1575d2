using System.CommandLine;

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
            return $"{name}: {parsed.Errors[0].Message} Try '{name} --help'.";
        }

        var isOption = unknown.StartsWith('-');
        var known = isOption
            ? command.Options.SelectMany(option => option.Aliases.Append(option.Name))
            : command.Subcommands.Select(subcommand => subcommand.Name);
        var nearest = Nearest.To(unknown, known);
        var hint = nearest is null ? $"try '{name} --help'" : $"did you mean '{nearest}'?";
        return $"{name}: unknown {(isOption ? "option" : "word")} '{unknown}': {hint}{(nearest is null ? "." : "")}";
    }

    private static string Path(System.CommandLine.Parsing.SymbolResult result) =>
        result.Parent is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } parent
            ? $"{Path(parent)} {((System.CommandLine.Parsing.CommandResult)result).Command.Name}"
            : ((System.CommandLine.Parsing.CommandResult)result).Command.Name;
}
