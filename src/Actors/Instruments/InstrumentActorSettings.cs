using System.ComponentModel.DataAnnotations;

namespace Sluice.Actors.Instruments;

/// <summary>How an instrument actor serves its subscribers (<c>sluice.instruments</c>).</summary>
public sealed record InstrumentActorSettings
{
    /// <summary>How many events wait for one subscriber at most; at least 1.</summary>
    [Range(1, 10_000_000)]
    public required int Buffer { get; init; }

    /// <summary>How many events one message carries at most; at least 1.</summary>
    [Range(1, 1_000_000)]
    public required int Batch { get; init; }

    /// <summary>How long a subscription rests after a full batch: what <see cref="Batch"/> and this allow is all that a busy system is told of.</summary>
    [Range(typeof(TimeSpan), "0s", "1h")]
    public required TimeSpan Pause { get; init; }

    /// <summary>How long a subscriber that does not say that it is ready waits for its next batch.</summary>
    [Range(typeof(TimeSpan), "1ms", "1d")]
    public required TimeSpan Patience { get; init; }
}
