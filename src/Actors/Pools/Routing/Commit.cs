using Sluice.Journal;
using Sluice.Journal.Errors;

namespace Sluice.Actors.Pools.Routing;

/// <summary>Pool to itself: sends were committed together, or could not be.</summary>
/// <param name="Number">Its place among the pool's commits.</param>
/// <param name="Sends">The sends.</param>
/// <param name="Receipt">The journal's word.</param>
/// <param name="Fault">Why not; null when they were.</param>
internal sealed record Commit(long Number, IReadOnlyList<PendingSend> Sends, AppendReceipt Receipt, Exception? Fault)
{
    /// <summary>Whether a limit of the journal was the reason.</summary>
    public bool IsOverLimit => Fault is JournalFullException or ItemTooLargeException;
}
