namespace Sluice.Actors.Pools.Policies;

/// <summary>Items that enough exporters have delivered, so that the others need not: all up to a sequence number, with exceptions.</summary>
/// <param name="UpTo">The last sequence number of them; zero when there are none.</param>
/// <param name="Except">Numbers up to it that too few have delivered, because some exporter found them undeliverable.</param>
internal sealed record Relief(long UpTo, IReadOnlySet<long> Except)
{
    /// <summary>Nobody is relieved of anything.</summary>
    public static Relief None { get; } = new(0, System.Collections.Frozen.FrozenSet<long>.Empty);

    /// <summary>Whether an item need not be delivered any more.</summary>
    public bool Covers(long sequence) => sequence <= UpTo && !Except.Contains(sequence);
}
