using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Routing;

/// <summary>Gives the key of a message, or <c>null</c> to leave it to the message itself.</summary>
public delegate object? ConsistentHashMapping(object message);

/// <summary>A message with the key that decides who gets it: a string, bytes, or something whose text is its value.</summary>
public interface IConsistentHashable
{
    /// <summary>Messages of the same key go to the same routee.</summary>
    object ConsistentHashKey { get; }
}

/// <summary>Gives a message a key.</summary>
public sealed class ConsistentHashableEnvelope(object message, object hashKey) : RouterEnvelope(message), IConsistentHashable
{
    /// <summary>The key.</summary>
    public object HashKey { get; } = hashKey;

    /// <inheritdoc/>
    public object ConsistentHashKey => HashKey;
}

/// <summary>
/// Picks by the message's key, so that when routees come or go only the keys of those move. A message without a key is sent to nobody.
/// </summary>
public sealed class ConsistentHashingRoutingLogic : RoutingLogic
{
    /// <summary>Points of each routee on the circle where the settings do not say otherwise.</summary>
    public const int DefaultVirtualNodesFactor = 10;

    private readonly ConsistentHashMapping? _mapping;
    private readonly int _virtualNodes;
    private volatile HashCircle? _circle;

    /// <summary>With a mapping for messages that have no key of their own, and a number of points for each routee; 0 for the default.</summary>
    public ConsistentHashingRoutingLogic(ActorSystem system, int virtualNodesFactor = 0, ConsistentHashMapping? hashMapping = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentOutOfRangeException.ThrowIfNegative(virtualNodesFactor);
        _virtualNodes = virtualNodesFactor == 0 ? DefaultVirtualNodesFactor : virtualNodesFactor;
        _mapping = hashMapping;
    }

    /// <inheritdoc/>
    public override Routee Select(object message, Routee[] routees)
    {
        var key = _mapping?.Invoke(message) ?? (message as IConsistentHashable)?.ConsistentHashKey;
        if (key is null || routees.Length == 0)
        {
            return Routee.NoRoutee;
        }
        var circle = _circle;
        if (circle is null || circle.Routees != routees)
        {
            _circle = circle = new HashCircle(routees, _virtualNodes);
        }
        return circle.RouteeFor(key);
    }
}

/// <summary>A pool that routes by keys.</summary>
public sealed class ConsistentHashingPool(int nrOfInstances, SupervisorStrategy? supervisorStrategy = null) : Pool(nrOfInstances, supervisorStrategy)
{
    private ConsistentHashMapping? _mapping;
    private int _virtualNodes;

    /// <summary>The same with keys from a function.</summary>
    public ConsistentHashingPool WithHashMapping(ConsistentHashMapping mapping) =>
        (ConsistentHashingPool)With(copy => ((ConsistentHashingPool)copy)._mapping = mapping);

    /// <summary>The same with that many points on the circle for each routee; more share the keys out more evenly.</summary>
    public ConsistentHashingPool WithVirtualNodesFactor(int vnodes) =>
        (ConsistentHashingPool)With(copy => ((ConsistentHashingPool)copy)._virtualNodes = vnodes);

    /// <inheritdoc/>
    public override Router CreateRouter(ActorSystem system) => new(new ConsistentHashingRoutingLogic(system, _virtualNodes, _mapping));
}

/// <summary>A group that is routed to by keys.</summary>
public sealed class ConsistentHashingGroup(IEnumerable<string> paths) : Group(paths)
{
    private ConsistentHashMapping? _mapping;
    private int _virtualNodes;

    /// <summary>With paths.</summary>
    public ConsistentHashingGroup(params string[] paths)
        : this((IEnumerable<string>)paths)
    {
    }

    /// <summary>The same with keys from a function.</summary>
    public ConsistentHashingGroup WithHashMapping(ConsistentHashMapping mapping) =>
        (ConsistentHashingGroup)With(copy => ((ConsistentHashingGroup)copy)._mapping = mapping);

    /// <summary>The same with that many points on the circle for each routee; more share the keys out more evenly.</summary>
    public ConsistentHashingGroup WithVirtualNodesFactor(int vnodes) =>
        (ConsistentHashingGroup)With(copy => ((ConsistentHashingGroup)copy)._virtualNodes = vnodes);

    /// <inheritdoc/>
    public override Router CreateRouter(ActorSystem system) => new(new ConsistentHashingRoutingLogic(system, _virtualNodes, _mapping));
}
