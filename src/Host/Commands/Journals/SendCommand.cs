using System.CommandLine;
using System.Globalization;
using Sluice.Host.CommandLine;
using Sluice.Host.Running;
using Sluice.Kernel.Actor;
using Sluice.Messages.Pools;

namespace Sluice.Host.Commands.Journals;

/// <summary><c>sluice journal send</c>: tries everything that is owed, now.</summary>
internal static class SendCommand
{
    public static Command Create()
    {
        var command = new Command("send", "Sends what is owed, oldest first per sink; what cannot be sent stays in the journal.") { JournalArguments.Pool, JournalArguments.Sink };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var sink = JournalArguments.KnownSink(parsed);
        var file = PoolFile.Read(parsed.GetRequiredValue(JournalArguments.Pool));
        using var system = ActorSystem.Create("sluice");
        try
        {
            await using var pool = await PoolSession.StartAsync(system, file, Console.Error.WriteLine, cancellationToken).ConfigureAwait(false);
            var results = await pool.SendUnsentDataAsync(sink, cancellationToken).ConfigureAwait(false);
            foreach (var result in results)
            {
                await Console.Out.WriteLineAsync(Line(result)).ConfigureAwait(false);
            }

            return results.All(result => result.Unsent == 0) ? ExitCode.Done : ExitCode.Failed;
        }
        finally
        {
            await system.Terminate().ConfigureAwait(false);
        }
    }

    private static string Line(UnsentDataResult result)
    {
        var dead = result.DeadLettered > 0 ? string.Create(CultureInfo.InvariantCulture, $", {result.DeadLettered:N0} went to the dead letters") : "";
        var why = result.Unsent > 0 && result.Error is not null ? $" ({result.Error})" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{result.Exporter}: {result.Delivered:N0} delivered, {result.Unsent:N0} still owed") + dead + why;
    }
}
