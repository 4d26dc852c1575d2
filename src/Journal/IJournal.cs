using Sluice.Journal.DeadLetters;
using Sluice.Journal.Reports;

namespace Sluice.Journal;

/// <summary>
/// The journal of one pool's unsent data: a log in which each item lies once, with a cursor per sink, and a ledger kept in the same commits.
/// All members may be called from any thread at once. What a call says is committed survives the process and the machine (memory journals apart); settlements survive
/// the process, and the machine from the next commit on that has an item: one that a power failure undoes costs a second delivery under the same key.
/// </summary>
/// <remarks>
/// Every call that writes throws a <see cref="Errors.JournalException"/> when the store cannot: nothing of that call was written then, and the
/// same call may succeed later (a full disk that has space again). A <see cref="Errors.JournalDamagedException"/> and a
/// <see cref="Errors.JournalFencedException"/> are final: open the journal again.
/// A cancellation that arrives once the journal has begun a call does not take it back.
/// </remarks>
public interface IJournal : IAsyncDisposable
{
    /// <summary>The pool's name, the first half of every <see cref="ItemKey"/>.</summary>
    string Pool { get; }

    /// <summary>What opening found and did.</summary>
    JournalOpening Opening { get; }

    /// <summary>The ledger and totals as of the last commit. Costs no I/O.</summary>
    JournalStatus Status { get; }

    /// <summary>How much work the journal has done since it was opened.</summary>
    JournalCounters Counters { get; }

    /// <summary>Takes one item; completes once it is committed. Concurrent calls share commits.</summary>
    /// <inheritdoc cref="AppendAsync(IReadOnlyList{NewItem}, OwedTo, CancellationToken)"/>
    ValueTask<AppendReceipt> AppendAsync(NewItem item, OwedTo owedTo, CancellationToken cancellationToken);

    /// <summary>Takes items, all or none; completes once they are committed. They lie side by side, in the order given.</summary>
    /// <exception cref="Errors.JournalFullException">A limit is reached and the policy is to reject.</exception>
    /// <exception cref="Errors.ItemTooLargeException">An item is larger than the limits will ever allow.</exception>
    /// <exception cref="Errors.UnknownSinkException">The pool has no such sink, or none at all.</exception>
    ValueTask<AppendReceipt> AppendAsync(IReadOnlyList<NewItem> items, OwedTo owedTo, CancellationToken cancellationToken);

    /// <summary>Takes items, all or none, that are gathered until the journal's writer is ready for them; completes once they are committed.</summary>
    /// <param name="items">Gives the items; called once by the writer, unless the call fails before its turn. It must be quick and must not throw.</param>
    /// <param name="owedTo">Whom they are owed to.</param>
    /// <param name="admitted">
    /// Called by the writer once the items have their places: from then on nothing but a failing store keeps them out of the journal. The same holds for it.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting for room.</param>
    /// <inheritdoc cref="AppendAsync(IReadOnlyList{NewItem}, OwedTo, CancellationToken)"/>
    ValueTask<AppendReceipt> AppendAsync(Func<IReadOnlyList<NewItem>> items, OwedTo owedTo, Action admitted, CancellationToken cancellationToken);

    /// <summary>
    /// Takes <paramref name="count"/> numbers out of the sequence for items that are sent before they are journalled, and returns the first.
    /// Costs a commit: take a block at a time. Numbers not used are never given again.
    /// </summary>
    ValueTask<long> ReserveSequencesAsync(long count, CancellationToken cancellationToken);

    /// <summary>
    /// Reads what a sink is owed behind <paramref name="after"/>, oldest first: 0 starts at the oldest, the last position read goes on from there.
    /// Sees every append and settlement that completed before the call.
    /// </summary>
    /// <param name="sink">The sink.</param>
    /// <param name="after">A position; 0 for the beginning.</param>
    /// <param name="maxItems">At most so many items.</param>
    /// <param name="maxBytes">At most so many bytes, but always one item when there is one.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The items; empty when the sink is owed nothing behind <paramref name="after"/> yet.</returns>
    ValueTask<IReadOnlyList<OwedItem>> ReadOwedAsync(string sink, long after, int maxItems, long maxBytes, CancellationToken cancellationToken);

    /// <summary>Reads stored items with everyone who misses them, oldest first; <see cref="ReadOwedAsync"/> explains the parameters.</summary>
    ValueTask<IReadOnlyList<UnsentItem>> ReadUnsentAsync(long after, int maxItems, long maxBytes, CancellationToken cancellationToken);

    /// <summary>
    /// Writes how items ended at a sink; completes once committed. Positions that the sink is not owed (any more) are passed over,
    /// so repeating a call does no harm. An item that nobody is owed any more leaves the journal in the same commit.
    /// </summary>
    /// <returns>How many of the items were still owed.</returns>
    ValueTask<int> SettleAsync(string sink, IReadOnlyList<Settlement> outcomes, CancellationToken cancellationToken);

    /// <summary>Adds a sink, or brings back one that left with its unsent data kept; harmless when it is there already.</summary>
    ValueTask<SinkStatus> AddSinkAsync(string sink, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a sink from the pool; completes once its unsent data is where <paramref name="unsent"/> says. That happens in bounded commits
    /// between those of others, and is taken up again at the next opening should the process end before. Its ledger and dead letters stay.
    /// </summary>
    ValueTask RemoveSinkAsync(string sink, UnsentData unsent, CancellationToken cancellationToken);

    /// <summary>Reads dead letters by ascending id behind <paramref name="after"/>.</summary>
    ValueTask<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(DeadLetterFilter filter, long after, int max, CancellationToken cancellationToken);

    /// <summary>
    /// Owes dead letters to their sinks again, at the end of the journal and under their old keys. Each stays among the dead letters, marked, until it is
    /// delivered. Ids that do not exist, or are on their way already, or whose sink left the pool are passed over.
    /// </summary>
    /// <returns>How many are on their way now.</returns>
    ValueTask<int> RedriveAsync(IReadOnlyList<long> deadLetters, CancellationToken cancellationToken);

    /// <summary>Deletes dead letters and counts them as dropped under <paramref name="reason"/>. Those being redriven are passed over.</summary>
    /// <returns>How many were deleted.</returns>
    ValueTask<int> DropDeadLettersAsync(IReadOnlyList<long> deadLetters, string reason, CancellationToken cancellationToken);

    /// <summary>Deletes dead letters beyond the configured age and bytes, oldest first; done by itself at opening, whenever some are added, and from time to time.</summary>
    /// <returns>How many were deleted.</returns>
    ValueTask<int> ApplyRetentionAsync(CancellationToken cancellationToken);

    /// <summary>Reads the messages that are remembered, by ascending number behind <paramref name="after"/>.</summary>
    ValueTask<IReadOnlyList<RememberedMessage>> ReadMessagesAsync(long after, int max, CancellationToken cancellationToken);

    /// <summary>Remembers messages whose items another journal of the pool has taken, as the latest, in this order. Those known already are passed over.</summary>
    /// <returns>How many were new.</returns>
    ValueTask<int> RememberAsync(IReadOnlyList<RememberedMessage> messages, CancellationToken cancellationToken);

    /// <summary>Counts every stored row against the ledger. Reads the whole journal: for tools and tests, not for every minute.</summary>
    ValueTask<JournalCheck> VerifyAsync(CancellationToken cancellationToken);
}
