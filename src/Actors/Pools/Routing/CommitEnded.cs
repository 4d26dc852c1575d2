using Sluice.Journal;

namespace Sluice.Actors.Pools.Routing;

/// <summary>Pool to itself: a commit has ended.</summary>
/// <param name="Parts">Its parts, in order; one unless it had to be taken apart.</param>
internal sealed record CommitEnded(IReadOnlyList<Commit> Parts);

/// <summary>Sends that were committed together, or could not be.</summary>
/// <param name="Sends">The sends.</param>
/// <param name="Receipt">The journal's word.</param>
/// <param name="Fault">Why not; null when they were.</param>
internal sealed record Commit(IReadOnlyList<PendingSend> Sends, AppendReceipt Receipt, Exception? Fault);
