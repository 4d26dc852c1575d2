namespace Sluice.Journal;

/// <summary>How one item ended at one sink. "Shutting down" and "failed once more" are no ends: such an item stays owed.</summary>
public readonly record struct Settlement
{
    private Settlement(long position, SettlementKind kind, DeadReason? dead, string? reason)
    {
        Position = position;
        Kind = kind;
        Dead = dead;
        Reason = reason;
    }

    /// <summary>The item's position.</summary>
    public long Position { get; }

    /// <summary>Which of the three ends.</summary>
    public SettlementKind Kind { get; }

    /// <summary>Why the sink will never take it; null unless dead.</summary>
    public DeadReason? Dead { get; }

    /// <summary>Under which word the loss is counted; null unless dropped.</summary>
    public string? Reason { get; }

    /// <summary>The sink confirmed it.</summary>
    public static Settlement Delivered(long position) => new(position, SettlementKind.Delivered, null, null);

    /// <summary>The sink will never take it: it moves to the dead letters.</summary>
    public static Settlement DeadLetter(long position, DeadReason reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return new(position, SettlementKind.Dead, reason, null);
    }

    /// <summary>It is given up and counted under <paramref name="reason"/>, a short constant word such as <c>expired</c>.</summary>
    public static Settlement Dropped(long position, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new(position, SettlementKind.Dropped, null, reason);
    }
}
