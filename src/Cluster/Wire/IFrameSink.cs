using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Wire;

/// <summary>Takes what a frame holds, in its order.</summary>
internal interface IFrameSink
{
    /// <summary>A frame begins; false when nobody wants it.</summary>
    bool Begin(in FrameHeader header);

    /// <summary>A message.</summary>
    void Tell(IActorRef recipient, object message, IActorRef? sender);

    /// <summary>A message to a named entity, with the id that it has however often its frame arrives.</summary>
    void Entity(string entityId, object message, IActorRef? sender, MessageId id);

    /// <summary>A message of the life cycle. Lives the first on the receiver for Watch, Unwatch and Stop, and the watcher for Died.</summary>
    void LifeCycle(ulong number, SystemKind kind, IActorRef first, IActorRef? second, byte flags);

    /// <summary>All life-cycle messages up to that number have arrived at the sender of the frame.</summary>
    void Acknowledged(ulong number);

    /// <summary>The sender lives.</summary>
    void Heartbeat(in MemberLoad load);

    /// <summary>Something was not understood and dropped: a record, or the rest of the frame.</summary>
    void Refused(string reason);
}
