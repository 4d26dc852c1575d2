using System.CommandLine;
using System.Globalization;
using Sluice.Host.CommandLine;
using Sluice.Journal;

namespace Sluice.Host.Commands.Journals;

/// <summary><c>sluice journal list</c>: what is owed, or what a sink would not take, oldest first.</summary>
internal static class ListCommand
{
    private static readonly Option<int> Limit = new("--limit") { Description = "Show at most so many items; 0 for all.", DefaultValueFactory = _ => 0 };

    public static Command Create()
    {
        var command = new Command("list", "Lists what is owed to the sinks, or with --state dead what they would not take, oldest first.")
        {
            JournalArguments.Pool, Limit, JournalArguments.Output,
        };
        SelectionOptions.ForAny.ToList().ForEach(command.Options.Add);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (selection, limit, json) = (SelectionOptions.Read(parsed), parsed.GetValue(Limit), JournalArguments.IsJson(parsed));
        await using var journal = await JournalArguments.OpenViewAsync(parsed, cancellationToken).ConfigureAwait(false);
        await JournalArguments.DemandKnownSinkAsync(parsed, journal, cancellationToken).ConfigureAwait(false);
        var shown = 0L;
        await foreach (var line in LinesAsync(selection, journal, json, cancellationToken).ConfigureAwait(false))
        {
            await Console.Out.WriteLineAsync(line).ConfigureAwait(false);
            if (++shown == limit)
            {
                break;
            }
        }

        if (!json)
        {
            await Console.Out.WriteLineAsync(await TotalAsync(selection.State, shown, journal, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }

        return ExitCode.Done;
    }

    private static IAsyncEnumerable<string> LinesAsync(Selection selection, IJournalView journal, bool json, CancellationToken cancellationToken) =>
        selection.State is JournalState.Pending
            ? selection.PendingAsync(journal, cancellationToken).Select(unsent => json ? ItemText.Json(unsent) : ItemText.Line(unsent))
            : selection.DeadAsync(journal, cancellationToken).Select(letter => json ? DeadLetterText.Json(letter) : DeadLetterText.Line(letter));

    private static async ValueTask<string> TotalAsync(JournalState state, long shown, IJournalView journal, CancellationToken cancellationToken)
    {
        var status = await journal.GetStatusAsync(cancellationToken).ConfigureAwait(false);
        return state is JournalState.Pending
            ? string.Create(CultureInfo.InvariantCulture, $"{shown:N0} shown of {status.Items:N0} items owed ({status.Bytes:N0} bytes) in {journal.Where}.")
            : string.Create(CultureInfo.InvariantCulture, $"{shown:N0} shown of {status.Sinks.Values.Sum(sink => sink.Dead):N0} dead letters in {journal.Where}.");
    }
}
