using System.CommandLine;
using Sluice.Host.Running;

namespace Sluice.Host.Commands.Journals;

/// <summary><c>sluice journal send</c>: tries everything that is owed, now.</summary>
internal static class SendCommand
{
    public static Command Create()
    {
        var command = new Command("send", "Sends what is owed, oldest first per sink; what cannot be sent stays in the journal.")
        {
            JournalArguments.Pool, JournalArguments.Sink, JournalArguments.DryRun, JournalArguments.Output,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (sink, report) = (JournalArguments.ConfiguredSink(parsed), new ChangeReport("sent", parsed));
        var file = PoolFile.Read(parsed.GetRequiredValue(JournalArguments.Pool));
        await using var journal = await JournalArguments.OpenViewAsync(parsed, cancellationToken).ConfigureAwait(false);
        if (parsed.GetValue(JournalArguments.DryRun))
        {
            var status = await journal.GetStatusAsync(cancellationToken).ConfigureAwait(false);
            var owed = status.Sinks.Values.Where(page => sink is null || page.Sink == sink).Sum(page => page.Pending);
            return await report.WouldAsync(owed).ConfigureAwait(false);
        }

        await using var owner = await JournalOwners.FindAsync(file, journal, cancellationToken).ConfigureAwait(false);
        return await report.SentAsync(await owner.SendAsync(sink, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
