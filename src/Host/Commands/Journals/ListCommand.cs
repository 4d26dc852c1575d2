using System.CommandLine;
using System.Globalization;
using Sluice.Host.CommandLine;

namespace Sluice.Host.Commands.Journals;

/// <summary><c>sluice journal list</c>: what is owed, oldest first.</summary>
internal static class ListCommand
{
    private static readonly Option<int> Limit = new("--limit") { Description = "Show at most so many items; 0 for all.", DefaultValueFactory = _ => 0 };

    public static Command Create()
    {
        var command = new Command("list", "Lists what is owed to the sinks, oldest first.") { JournalArguments.Pool, JournalArguments.Sink, Limit, JournalArguments.Output };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (sink, limit, json) = (JournalArguments.KnownSink(parsed), parsed.GetValue(Limit), JournalArguments.IsJson(parsed));
        await using var journal = await JournalArguments.OpenViewAsync(parsed, cancellationToken).ConfigureAwait(false);
        var shown = 0L;
        await foreach (var unsent in UnsentItems.ReadAsync(journal, sink, cancellationToken).ConfigureAwait(false))
        {
            await Console.Out.WriteLineAsync(json ? ItemText.Json(unsent) : ItemText.Line(unsent)).ConfigureAwait(false);
            if (++shown == limit)
            {
                break;
            }
        }

        if (!json)
        {
            var status = await journal.GetStatusAsync(cancellationToken).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{shown:N0} shown of {status.Items:N0} items owed ({status.Bytes:N0} bytes) in {journal.Where}.")).ConfigureAwait(false);
        }

        return ExitCode.Done;
    }
}
