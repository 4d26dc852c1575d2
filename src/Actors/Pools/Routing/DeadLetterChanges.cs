using Sluice.Journal;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Routing;

/// <summary>
/// What the journal does about dead letters that somebody has chosen. A redrive takes places in the journal as a commit does, so the pool makes none meanwhile:
/// the exporters learn of the places in their order.
/// </summary>
internal static class DeadLetterChanges
{
    /// <summary>Owes them again.</summary>
    public static Task<ChangeWritten> RedriveAsync(IJournal journal, RedriveDeadLetters redrive, PoolChange change) =>
        DoAsync(change, () => journal.RedriveAsync(redrive.DeadLetters, CancellationToken.None));

    /// <summary>Deletes them.</summary>
    public static Task<ChangeWritten> DropAsync(IJournal journal, DropDeadLetters drop, PoolChange change) =>
        DoAsync(change, () => journal.DropDeadLettersAsync(drop.DeadLetters, drop.Reason, CancellationToken.None));

    private static async Task<ChangeWritten> DoAsync(PoolChange change, Func<ValueTask<int>> act)
    {
        try
        {
            return new(change, null, await act().ConfigureAwait(false));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new(change, fault);
        }
    }
}
