using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Sluice.Host.CommandLine;
using Sluice.Journal.Reports;

namespace Sluice.Host.Commands.Journals;

/// <summary><c>sluice journal status</c>: the ledger, checked.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var command = new Command("status", "Shows the ledger: accepted = delivered + pending + dead + dropped, per sink.") { JournalArguments.Pool, JournalArguments.Output };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var journal = await JournalArguments.OpenViewAsync(parsed, cancellationToken).ConfigureAwait(false);
        var status = await journal.GetStatusAsync(cancellationToken).ConfigureAwait(false);
        foreach (var sink in status.Sinks.Values)
        {
            await Console.Out.WriteLineAsync(JournalArguments.IsJson(parsed) ? JsonSerializer.Serialize(sink, JsonSerializerOptions.Web) : Line(sink)).ConfigureAwait(false);
        }

        if (!JournalArguments.IsJson(parsed))
        {
            await Console.Out.WriteLineAsync($"{journal.Where}, {(journal.Owner is null ? "not in use" : "in use by " + journal.Owner)}").ConfigureAwait(false);
        }

        return status.Sinks.Values.All(sink => sink.Balances) ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Line(SinkStatus sink)
    {
        var dropped = string.Concat(sink.Dropped.Select(reason => string.Create(CultureInfo.InvariantCulture, $" + {reason.Value:N0} dropped ({reason.Key})")));
        var verdict = sink.Balances ? "" : "  DOES NOT ADD UP";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sink.Sink}: {sink.Accepted:N0} accepted = {sink.Delivered:N0} delivered + {sink.Pending:N0} pending + {sink.Dead:N0} dead{dropped}{verdict}");
    }
}
