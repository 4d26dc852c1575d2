using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Sharding;

/// <summary>The entities of a shard that is active: makes them, gives them their messages, makes them again when they end with messages open.</summary>
internal sealed class Entities(RegionParts parts, int shard, long token, IActorContext context, Action<EntityFrame> done, Action<string> startLater)
{
    private readonly Dictionary<string, Entity> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<IActorRef, Entity> _byActor = [];
    private readonly List<EntityItem> _refused = [];
    private readonly IActorRef _self = context.Self;

    public IReadOnlyList<string> Ids => [.. _byActor.Values.Select(entity => entity.Id).Order(StringComparer.Ordinal)];

    public int Open => _byId.Values.Sum(entity => entity.OpenCount);

    public bool AreGone => _byActor.Count == 0;

    public bool HasRefused => _refused.Count > 0;

    public void Start(string id) => Living(Of(id));

    public void Deliver(EntityFrame frame)
    {
        frame.Open = frame.Items.Count;
        if (frame.Open == 0)
        {
            done(frame);
        }
        foreach (var item in frame.Items)
        {
            var entity = Of(item.EntityId);
            entity.Add(item);
            if (!entity.IsStopping)
            {
                Give(entity, item);
            }
        }
    }

    public void Answered(EntityItem item, bool isTaken)
    {
        if (isTaken)
        {
            Close(item);
        }
        else
        {
            _refused.Add(item);
        }
    }

    /// <summary>Gives what was not taken to its entities again, in its order.</summary>
    public void DeliverRefused()
    {
        EntityItem[] again = [.. _refused];
        _refused.Clear();
        foreach (var item in again)
        {
            if (Of(item.EntityId) is { IsStopping: false } entity)
            {
                Give(entity, item);
            }
        }
    }

    public void Passivate(IActorRef actor, object stopMessage)
    {
        if (_byActor.TryGetValue(actor, out var entity) && !entity.IsStopping)
        {
            entity.IsStopping = true;
            actor.Tell(stopMessage, _self);
        }
    }

    public void StopAll(object? stopMessage)
    {
        foreach (var (actor, entity) in _byActor)
        {
            entity.IsStopping = true;
            if (stopMessage is null)
            {
                context.Stop(actor);
            }
            else
            {
                actor.Tell(stopMessage, _self);
            }
        }
    }

    /// <summary>An entity has ended.</summary>
    /// <param name="actor">Whose.</param>
    /// <param name="goesOn">Whether it is made again for what it left open.</param>
    public void Ended(IActorRef actor, bool goesOn)
    {
        if (!_byActor.Remove(actor, out var entity))
        {
            return;
        }
        var wasStopped = entity.IsStopping;
        entity.Actor = null;
        entity.IsStopping = false;
        _refused.RemoveAll(item => item.EntityId == entity.Id);
        if (!goesOn)
        {
            return;
        }
        if (!wasStopped && entity.Open.FirstOrDefault() is { } first && first.Attempts >= parts.Settings.MaxAttempts)
        {
            parts.Lose(first.EntityId, first.Message, first.Sender, $"the entity ended {first.Attempts} times without having taken it");
            Close(first);
        }
        foreach (var item in entity.Open.ToArray())
        {
            Give(entity, item);
        }
        if (entity.Actor is not null)
        {
            return;
        }
        if (parts.Settings.StartEntities.Contains(entity.Id))
        {
            startLater(entity.Id);
        }
        else
        {
            _byId.Remove(entity.Id);
        }
    }

    private void Close(EntityItem item)
    {
        if (_byId.TryGetValue(item.EntityId, out var entity) && entity.TryTake(item) && --item.Frame.Open == 0)
        {
            done(item.Frame);
        }
    }

    private Entity Of(string id)
    {
        if (!_byId.TryGetValue(id, out var entity))
        {
            _byId[id] = entity = new Entity(id);
        }
        return entity;
    }

    private void Give(Entity entity, EntityItem item)
    {
        item.Attempts++;
        var actor = Living(entity);
        if (parts.Settings.AckMode == AckMode.OnDelivery)
        {
            actor.Tell(item.Message, item.Sender);
            Close(item);
        }
        else
        {
            actor.Tell(item.Message, new AnswerRef(parts.Provider, _self, item, parts.Settings.IsTaken));
        }
    }

    private IActorRef Living(Entity entity)
    {
        if (entity.Actor is null)
        {
            entity.Actor = context.ActorOf(parts.PropsOf(new EntityContext(entity.Id, shard, token)), Uri.EscapeDataString(entity.Id));
            context.Watch(entity.Actor);
            _byActor[entity.Actor] = entity;
        }
        return entity.Actor;
    }
}
