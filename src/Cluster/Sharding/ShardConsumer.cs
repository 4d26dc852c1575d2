using Sluice.Cluster.Transport;
using Sluice.Cluster.Wire;
using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Sharding;

/// <summary>Takes what a queue delivers, and makes messages to the shard's actor of it.</summary>
internal sealed class ShardConsumer(IActorRef shard, FrameDecoder decoder, Func<object, MessageId, object> identify, Action<string> refused) : IQueueReceiver, IFrameSink
{
    private long _token;
    private EntityFrame _frame = new(0, 0);

    public void Activated(long fencingToken)
    {
        _token = fencingToken;
        shard.Tell(new ShardActivated(fencingToken), ActorRefs.NoSender);
    }

    public void Delivered(ulong tag, bool isRedelivered, ReadOnlySpan<byte> frame)
    {
        _frame = new EntityFrame(_token, tag);
        decoder.Decode(frame, this);
        shard.Tell(new FrameDelivered(_frame), ActorRefs.NoSender);
    }

    public void Deactivated(string reason) => shard.Tell(new ShardDeactivated(reason), ActorRefs.NoSender);

    bool IFrameSink.Begin(in FrameHeader header) => true;

    void IFrameSink.Entity(string entityId, object message, IActorRef? sender, MessageId id) =>
        _frame.Items.Add(new EntityItem(_frame, entityId, id.IsNone ? message : identify(message, id), sender));

    void IFrameSink.Refused(string reason) => refused(reason);

    void IFrameSink.Tell(IActorRef recipient, object message, IActorRef? sender) => refused("a queue of a shard holds messages to entities only");

    void IFrameSink.LifeCycle(ulong number, SystemKind kind, IActorRef first, IActorRef? second, byte flags)
    {
    }

    void IFrameSink.Acknowledged(ulong number)
    {
    }

    void IFrameSink.Heartbeat(in MemberLoad load)
    {
    }
}
