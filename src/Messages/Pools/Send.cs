namespace Sluice.Messages.Pools;

/// <summary>Export one item through all of the pool's exporters. Answered with a <see cref="SendAnswer"/>.</summary>
/// <param name="Item">What to export.</param>
/// <param name="MessageId">
/// The id of this message for one that may be delivered twice, as by a queue; null otherwise. A pool that saves ahead takes a message of one id once: when it comes
/// again, it is answered with <see cref="SendAnswer.Accepted"/> and the key that it got then. At most 256 characters.
/// </param>
public sealed record Send(PoolItem Item, string? MessageId = null);

/// <summary>Export several items in this order; they are saved by one commit. Answered with <see cref="SendManyAnswer"/>.</summary>
/// <param name="Items">What to export.</param>
/// <param name="MessageId">The id of this message, as for <see cref="Send"/>; null when it is not delivered twice.</param>
public sealed record SendMany(IReadOnlyList<PoolItem> Items, string? MessageId = null);

/// <summary>What became of a <see cref="SendMany"/>.</summary>
/// <param name="Answers">One answer per item, at the item's index.</param>
public sealed record SendManyAnswer(IReadOnlyList<SendAnswer> Answers);
