using Sluice.Host.Control;
using Sluice.Host.Running;
using Sluice.Journal;

namespace Sluice.Host.Commands.Journals;

/// <summary>Finds who can change a journal.</summary>
internal static class JournalOwners
{
    /// <summary>The program that has the journal open, or this one with a pool of its own when nobody has.</summary>
    /// <exception cref="IOException">A program has it open that cannot be asked.</exception>
    public static async ValueTask<IJournalOwner> FindAsync(PoolFile file, IJournalView journal, CancellationToken cancellationToken) =>
        journal.Owner is { } owner
            ? new OtherProgram(await RunningProgram.ReachAsync(journal.Where, owner, cancellationToken).ConfigureAwait(false))
            : await OwnPool.StartAsync(file, cancellationToken).ConfigureAwait(false);
}
