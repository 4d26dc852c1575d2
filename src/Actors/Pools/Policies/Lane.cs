namespace Sluice.Actors.Pools.Policies;

/// <summary>How far one exporter has come, by sequence numbers.</summary>
internal sealed class Lane
{
    /// <summary>Everything up to here has been tried at least once, or has been put behind what is owed.</summary>
    public long Tried { get; set; }

    /// <summary>It is not being waited for: it backs off, or has kept the others waiting for too long.</summary>
    public bool IsPutOff { get; set; }

    /// <summary>Everything up to here has been delivered, or is in <see cref="Undeliverable"/>.</summary>
    public long Done { get; set; }

    /// <summary>What it has found undeliverable, as far as somebody else may still have to deliver it.</summary>
    public SortedSet<long> Undeliverable { get; } = [];

    /// <summary>Whether it has delivered an item.</summary>
    public bool HasDelivered(long sequence) => sequence <= Done && !Undeliverable.Contains(sequence);

    /// <summary>The last number that need not wait for this exporter any more.</summary>
    public long Passed => IsPutOff ? long.MaxValue : Tried;
}
