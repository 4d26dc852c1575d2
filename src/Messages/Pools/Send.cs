namespace Sluice.Messages.Pools;

/// <summary>Export one item through all of the pool's exporters. Answered with a <see cref="SendAnswer"/>.</summary>
/// <param name="Item">What to export.</param>
public sealed record Send(PoolItem Item);

/// <summary>Export several items in this order; they are saved by one commit. Answered with <see cref="SendManyAnswer"/>.</summary>
/// <param name="Items">What to export.</param>
public sealed record SendMany(IReadOnlyList<PoolItem> Items);

/// <summary>What became of a <see cref="SendMany"/>.</summary>
/// <param name="Answers">One answer per item, at the item's index.</param>
public sealed record SendManyAnswer(IReadOnlyList<SendAnswer> Answers);
