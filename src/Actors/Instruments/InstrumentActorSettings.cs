namespace Sluice.Actors.Instruments;

/// <summary>How an instrument actor serves its subscribers (<c>sluice.instruments</c>).</summary>
public sealed record InstrumentActorSettings
{
    /// <summary>How many events wait for one subscriber at most; at least 1.</summary>
    public required int Buffer { get; init; }

    /// <summary>How many events one message carries at most; at least 1.</summary>
    public required int Batch { get; init; }

    /// <summary>How long a subscription rests after a full batch: what <see cref="Batch"/> and this allow is all that a busy system is told of.</summary>
    public required TimeSpan Pause { get; init; }

    /// <summary>How long a subscriber that does not say that it is ready waits for its next batch.</summary>
    public required TimeSpan Patience { get; init; }
}
