using System.CommandLine;
using System.Globalization;
using Sluice.Host.CommandLine;

namespace Sluice.Host.Commands.Journals;

/// <summary><c>sluice journal export</c>: items with all that is known of them as JSON lines, to keep or to repair. The journal stays as it is.</summary>
internal static class ExportCommand
{
    private static readonly Option<string?> To = new("--to") { Description = "The file to write, which must be new; standard output when not given." };

    private static readonly Option<string?> Members = new("--members")
    {
        Description = "Only these members of each line, such as item,error: the inputs of a tube's calls, for `sluice run TUBE --inputs -`.",
    };

    public static Command Create()
    {
        var command = new Command("export", "Writes chosen items as JSON lines, with all that is known of them.") { JournalArguments.Pool, To, Members };
        SelectionOptions.ForAny.ToList().ForEach(command.Options.Add);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (selection, to) = (SelectionOptions.Read(parsed), parsed.GetValue(To));
        await using var journal = await JournalArguments.OpenViewAsync(parsed, cancellationToken).ConfigureAwait(false);
        await JournalArguments.DemandKnownSinkAsync(parsed, journal, cancellationToken).ConfigureAwait(false);
        if (to is not null && File.Exists(to))
        {
            throw new UsageException($"--to is '{to}', which exists: name a new file, or remove that one first.");
        }

        var written = 0L;
        await using var file = to is null ? null : new StreamWriter(new FileStream(to, FileMode.CreateNew));
        var output = file ?? Console.Out;
        var lines = selection.State is JournalState.Pending
            ? selection.PendingAsync(journal, cancellationToken).Select(ItemText.Json)
            : selection.DeadAsync(journal, cancellationToken).Select(DeadLetterText.Json);
        var members = parsed.GetValue(Members)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        await foreach (var line in lines.ConfigureAwait(false))
        {
            await output.WriteAsync((members is null ? line : JsonLine.Only(line, members)) + "\n").ConfigureAwait(false);
            written++;
        }

        if (to is not null)
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{written:N0} items are in {Path.GetFullPath(to)}.")).ConfigureAwait(false);
        }

        return ExitCode.Done;
    }
}
