namespace Sluice.Cluster.Settings;

/// <summary>How messages to other members are gathered and bounded.</summary>
public sealed record RemotingSettings
{
    /// <summary>Messages of one frame, at most; at least 1.</summary>
    public required int FrameMessages { get; init; }

    /// <summary>A frame that has reached this many bytes is sent.</summary>
    [ByteSize]
    public required long FrameBytes { get; init; }

    /// <summary>Bytes that wait to be sent to one member, at most; what comes on top becomes dead letters.</summary>
    [ByteSize]
    public required long OutboxBytes { get; init; }
}
