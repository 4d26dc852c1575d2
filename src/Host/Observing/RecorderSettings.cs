using System.ComponentModel.DataAnnotations;

namespace Sluice.Host.Observing;

/// <summary>The flight recorder (<c>sluice.flight-recorder</c>).</summary>
internal sealed record RecorderSettings
{
    /// <summary>Whether it records.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Where reports are written.</summary>
    public required string Folder { get; init; }

    /// <summary>How many events are kept per source.</summary>
    [Range(1, 100_000)]
    public required int Events { get; init; }

    /// <summary>A run without progress for so long is stuck.</summary>
    [Range(typeof(TimeSpan), "1ms", "30d")]
    public required TimeSpan StuckAfter { get; init; }

    /// <summary>How many reports one run writes at most.</summary>
    [Range(1, 100_000)]
    public required int MaxReports { get; init; }
}
