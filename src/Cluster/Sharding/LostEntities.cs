using Sluice.Cluster.Wire;
using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Sharding;

/// <summary>Makes dead letters of a frame that could not be published.</summary>
internal sealed class LostEntities(Action<string, object, IActorRef?, string> lose, string reason) : IFrameSink
{
    bool IFrameSink.Begin(in FrameHeader header) => true;

    void IFrameSink.Entity(string entityId, object message, IActorRef? sender, MessageId id) => lose(entityId, message, sender, reason);

    void IFrameSink.Tell(IActorRef recipient, object message, IActorRef? sender)
    {
    }

    void IFrameSink.LifeCycle(ulong number, SystemKind kind, IActorRef first, IActorRef? second, byte flags)
    {
    }

    void IFrameSink.Acknowledged(ulong number)
    {
    }

    void IFrameSink.Heartbeat(in MemberLoad load)
    {
    }

    void IFrameSink.Refused(string reason)
    {
    }
}
