using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Sharding;

/// <summary>The sender that an entity sees: passes answers on to the real one, and tells the shard that the message is taken.</summary>
internal sealed class AnswerRef(IActorRefProvider provider, IActorRef shard, EntityItem item, Func<object, bool> isTaken) : MinimalActorRef
{
    private readonly Lock _gate = new();
    private ActorPath? _path;
    private bool _isAnswered;

    public override IActorRefProvider Provider => provider;

    public override ActorPath Path
    {
        get
        {
            lock (_gate)
            {
                return _path ??= _isAnswered ? provider.RootPath / "temp" / "$answered" : provider.RegisterTempActor(this);
            }
        }
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
        var taken = isTaken(message);
        bool isFirst;
        lock (_gate)
        {
            isFirst = !_isAnswered;
            _isAnswered = true;
            if (isFirst && _path is not null)
            {
                provider.UnregisterTempActor(_path);
            }
        }
        if (taken && message is not EntityTaken)
        {
            item.Sender?.Tell(message, sender);
        }
        if (isFirst)
        {
            shard.Tell(new EntityAnswered(item, taken), ActorRefs.NoSender);
        }
    }
}
