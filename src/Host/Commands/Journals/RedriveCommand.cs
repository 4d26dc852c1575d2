using System.CommandLine;
using Sluice.Host.CommandLine;
using Sluice.Host.Running;
using Sluice.Journal;

namespace Sluice.Host.Commands.Journals;

/// <summary><c>sluice journal redrive</c>: has dead letters sent again. Each leaves the dead letters only once it is delivered.</summary>
internal static class RedriveCommand
{
    private const int MostAtOnce = 500;

    private static readonly Option<double> Rate = new("--rate") { Description = "At most so many items per second; 0 for no limit.", DefaultValueFactory = _ => 0 };

    public static Command Create()
    {
        var command = new Command("redrive", "Has chosen dead letters sent again under their old keys; each stays a dead letter until it is delivered.")
        {
            JournalArguments.Pool, Rate, JournalArguments.DryRun, JournalArguments.Output,
        };
        SelectionOptions.ForDead.ToList().ForEach(command.Options.Add);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (selection, rate) = (SelectionOptions.Read(parsed, onlyDead: true), parsed.GetValue(Rate));
        if (rate < 0 || !double.IsFinite(rate))
        {
            throw new UsageException("--rate is items per second: write 0 or more.");
        }

        var file = PoolFile.Read(parsed.GetRequiredValue(JournalArguments.Pool));
        await using var journal = await JournalArguments.OpenViewAsync(parsed, cancellationToken).ConfigureAwait(false);
        await JournalArguments.DemandKnownSinkAsync(parsed, journal, cancellationToken).ConfigureAwait(false);
        var report = new ChangeReport("redriven", parsed);
        if (parsed.GetValue(JournalArguments.DryRun))
        {
            var would = await ChosenAsync(selection, journal, MostAtOnce, cancellationToken).Select(ids => (long)ids.Length).SumAsync(cancellationToken).ConfigureAwait(false);
            return await report.WouldAsync(would).ConfigureAwait(false);
        }

        await using var owner = await JournalOwners.FindAsync(file, journal, cancellationToken).ConfigureAwait(false);
        var redriven = await RedriveAsync(owner, selection, journal, rate, cancellationToken).ConfigureAwait(false);
        await report.DidAsync(redriven).ConfigureAwait(false);
        return redriven == 0 ? ExitCode.Done : await report.SentAsync(await owner.SendAsync(selection.Sink, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static async Task<long> RedriveAsync(IJournalOwner owner, Selection selection, IJournalView journal, double rate, CancellationToken cancellationToken)
    {
        // Ten helpings a second are even enough for a sink, and few enough for the journal.
        var atOnce = rate == 0 ? MostAtOnce : (int)Math.Clamp(rate / 10, 1, MostAtOnce);
        var redriven = 0L;
        await foreach (var ids in ChosenAsync(selection, journal, atOnce, cancellationToken).ConfigureAwait(false))
        {
            redriven += await owner.RedriveAsync(ids, cancellationToken).ConfigureAwait(false);
            if (rate > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(ids.Length / rate), TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }

        return redriven;
    }

    private static IAsyncEnumerable<long[]> ChosenAsync(Selection selection, IJournalView journal, int atOnce, CancellationToken cancellationToken) =>
        selection.DeadAsync(journal, cancellationToken).Where(letter => !letter.Redriving).Select(letter => letter.Id).Chunk(atOnce);
}
