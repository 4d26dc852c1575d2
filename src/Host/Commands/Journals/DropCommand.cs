using System.CommandLine;
using Sluice.Host.CommandLine;
using Sluice.Host.Running;
using Sluice.Journal;

namespace Sluice.Host.Commands.Journals;

/// <summary><c>sluice journal drop</c>: gives chosen items up, and counts them as dropped.</summary>
internal static class DropCommand
{
    private const int MostAtOnce = 500;

    private static readonly Option<bool> All = new("--all") { Description = "Drop everything of that state; needed when no other option narrows it." };

    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "The word under which the ledger counts the loss.",
        DefaultValueFactory = _ => "by-hand",
    };

    public static Command Create()
    {
        var command = new Command("drop", "Gives chosen items up for good; the ledger counts them as dropped.")
        {
            JournalArguments.Pool, All, Reason, JournalArguments.DryRun, JournalArguments.Output,
        };
        SelectionOptions.ForAny.ToList().ForEach(command.Options.Add);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (selection, reason) = (SelectionOptions.Read(parsed), parsed.GetRequiredValue(Reason));
        if (selection.IsEverything && !parsed.GetValue(All))
        {
            throw new UsageException("nothing says what to drop: choose with --sink, --keys, --older-than, --class, --error or --text, or write --all.");
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new UsageException("--reason is empty: write one word, such as by-hand.");
        }

        var file = PoolFile.Read(parsed.GetRequiredValue(JournalArguments.Pool));
        await using var journal = await JournalArguments.OpenViewAsync(parsed, cancellationToken).ConfigureAwait(false);
        await JournalArguments.DemandKnownSinkAsync(parsed, journal, cancellationToken).ConfigureAwait(false);
        var report = new ChangeReport("dropped", parsed);
        if (parsed.GetValue(JournalArguments.DryRun))
        {
            return await report.WouldAsync(await CountAsync(selection, journal, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }

        return await report.DidAsync(selection.State is JournalState.Pending
            ? await DropPendingAsync(file, selection, journal, reason, cancellationToken).ConfigureAwait(false)
            : await DropDeadAsync(file, selection, journal, reason, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static async ValueTask<long> CountAsync(Selection selection, IJournalView journal, CancellationToken cancellationToken) =>
        selection.State is JournalState.Pending
            ? await selection.PendingAsync(journal, cancellationToken).Select(unsent => (long)unsent.Sinks.Count).SumAsync(cancellationToken).ConfigureAwait(false)
            : await Resting(selection, journal, cancellationToken).LongCountAsync(cancellationToken).ConfigureAwait(false);

    // A running pool may hold what is owed in memory or have it on its way: what it then delivers would have been counted as dropped.
    private static async Task<long> DropPendingAsync(
        PoolFile file, Selection selection, IJournalView view, string reason, CancellationToken cancellationToken)
    {
        if (view.Owner is { } owner)
        {
            throw new IOException($"The journal {view.Where} is in use by {owner}: what is owed can be dropped only while no program has it open, so stop it first (dead letters can be dropped now).");
        }

        var journal = await Sluice.Journal.Journals.OpenAsync(file.Pool.Name, file.Journal, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        await using var _ = journal.ConfigureAwait(false);
        var dropped = 0L;
        await foreach (var page in selection.PendingAsync(view, cancellationToken).Chunk(MostAtOnce).ConfigureAwait(false))
        {
            foreach (var sink in page.SelectMany(unsent => unsent.Sinks).Distinct())
            {
                var settlements = page.Where(unsent => unsent.Sinks.Contains(sink)).Select(unsent => Settlement.Dropped(unsent.Item.Position, reason)).ToList();
                dropped += await journal.SettleAsync(sink, settlements, cancellationToken).ConfigureAwait(false);
            }
        }

        return dropped;
    }

    private static async Task<long> DropDeadAsync(
        PoolFile file, Selection selection, IJournalView view, string reason, CancellationToken cancellationToken)
    {
        var dropped = 0L;
        if (view.Owner is { } owner)
        {
            await using var program = new OtherProgram(await Control.RunningProgram.ReachAsync(view.Where, owner, cancellationToken).ConfigureAwait(false));
            await foreach (var ids in Resting(selection, view, cancellationToken).Chunk(MostAtOnce).ConfigureAwait(false))
            {
                dropped += await program.DropAsync(ids, reason, cancellationToken).ConfigureAwait(false);
            }

            return dropped;
        }

        var journal = await Sluice.Journal.Journals.OpenAsync(file.Pool.Name, file.Journal, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        await using var _ = journal.ConfigureAwait(false);
        await foreach (var ids in Resting(selection, view, cancellationToken).Chunk(MostAtOnce).ConfigureAwait(false))
        {
            dropped += await journal.DropDeadLettersAsync(ids, reason, cancellationToken).ConfigureAwait(false);
        }

        return dropped;
    }

    private static IAsyncEnumerable<long> Resting(Selection selection, IJournalView journal, CancellationToken cancellationToken) =>
        selection.DeadAsync(journal, cancellationToken).Where(letter => !letter.Redriving).Select(letter => letter.Id);
}
