namespace Sluice.Actors.Tubes.Placing;

// From a placed node to its agent; besides these a PlacedCall.

/// <summary>Find a place and initialise the node there, or initialise it where it is.</summary>
internal sealed record InitPlaced(TaskCompletionSource Done) : IDeadLetterSuppression;

/// <summary>Deinitialise the node where it is.</summary>
internal sealed record DeinitPlaced(TaskCompletionSource Done) : IDeadLetterSuppression;

/// <summary>The caller of a call gives up.</summary>
internal sealed record CancelPlaced(PlacedCall Call) : IDeadLetterSuppression;

/// <summary>Time to look for a place again.</summary>
internal sealed record SeekAgain : IDeadLetterSuppression
{
    public static SeekAgain Now { get; } = new();
}
