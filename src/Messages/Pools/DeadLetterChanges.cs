namespace Sluice.Messages.Pools;

/// <summary>
/// Owe dead letters to their exporters again, behind what those are owed now and under the old keys. Each stays among the dead letters until it is delivered.
/// Answered with <see cref="PoolChanged"/>, which says how many are on their way now, or <see cref="PoolChangeRefused"/>.
/// </summary>
/// <param name="DeadLetters">The dead letters' ids. Those that do not exist, are on their way already or whose exporter has left are passed over.</param>
public sealed record RedriveDeadLetters(IReadOnlyList<long> DeadLetters);

/// <summary>
/// Delete dead letters and count them as dropped. Answered with <see cref="PoolChanged"/>, which says how many were deleted, or <see cref="PoolChangeRefused"/>.
/// </summary>
/// <param name="DeadLetters">The dead letters' ids. Those that do not exist or are being redriven are passed over.</param>
/// <param name="Reason">Under which short word the loss is counted.</param>
public sealed record DropDeadLetters(IReadOnlyList<long> DeadLetters, string Reason);
