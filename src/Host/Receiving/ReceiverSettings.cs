namespace Sluice.Host.Receiving;

/// <summary>How a receiver listens, stores and misbehaves.</summary>
internal sealed record ReceiverSettings
{
    /// <summary>The TCP port on 127.0.0.1; 0 lets the system choose one.</summary>
    public required int Port { get; init; }

    /// <summary>The file that accepted items are appended to.</summary>
    public required string Store { get; init; }

    /// <summary>The HTTP status that every <see cref="FailEvery"/>th request is refused with, or null to refuse none.</summary>
    public int? FailStatus { get; init; }

    /// <summary>Which requests are refused: 1 means all, 3 every third. Counted in requests, not items.</summary>
    public int FailEvery { get; init; } = 1;

    /// <summary>How long each request waits before it is looked at.</summary>
    public TimeSpan Delay { get; init; }
}
