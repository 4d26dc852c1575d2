using Sluice.Tubes.Epochs;

namespace Sluice.Tubes.Events;

/// <summary>One value that a node gave on one of its signals, or a notice about the tube itself (node <c>meta</c>).</summary>
public sealed class TubeEvent
{
    /// <summary>The node id of notices about the tube itself; no node may have it.</summary>
    public const string MetaNode = "meta";

    /// <summary>The signal of the notice that an epoch has ended; its value is the epoch.</summary>
    public const string EpochEnded = "EpochEnded";

    private readonly long _utcTicks;

    /// <summary>Makes an event as a runner would have emitted it.</summary>
    public TubeEvent(ulong id, DateTimeOffset timestamp, string nodeId, string signal, Epoch epoch, object? value)
        : this(id, timestamp.UtcTicks, nodeId, signal, epoch, value)
    {
    }

    internal TubeEvent(ulong id, long utcTicks, string nodeId, string signal, Epoch epoch, object? value)
    {
        Id = id;
        _utcTicks = utcTicks;
        NodeId = nodeId;
        Signal = signal;
        Epoch = epoch;
        Value = value;
    }

    /// <summary>Unique within a runner, rising in the order of emission.</summary>
    public ulong Id { get; }

    /// <summary>When the node's call ended, UTC. When the epoch began, for an event that nobody listened for and that was looked up later.</summary>
    public DateTimeOffset Timestamp => new(_utcTicks, TimeSpan.Zero);

    /// <summary>The node that emitted it; <c>child/node</c> inside a nested tube; <see cref="MetaNode"/> for notices.</summary>
    public string NodeId { get; }

    /// <summary>The node's signal.</summary>
    public string Signal { get; }

    /// <summary>The epoch it belongs to.</summary>
    public Epoch Epoch { get; }

    /// <summary>The value; null is a value, <see cref="NoEvent"/> says that there is none.</summary>
    public object? Value { get; }

    /// <summary>Whether this says that the node had nothing to say.</summary>
    public bool IsNoEvent => ReferenceEquals(Value, NoEvent.Value);

    /// <summary>Whether this is a notice about the tube itself.</summary>
    public bool IsMeta => NodeId == MetaNode;

    /// <inheritdoc/>
    public override string ToString() => $"{NodeId}.{Signal}@{Epoch} = {Value ?? "null"}";
}
