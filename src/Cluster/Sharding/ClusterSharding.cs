using System.Globalization;
using Sluice.Cluster.Transport;
using Sluice.Cluster.Wire;
using Sluice.Kernel;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Cluster.Sharding;

/// <summary>
/// Named entities: actors of which there is one in the whole cluster for each name. Messages to them wait in durable queues until the entity has
/// taken responsibility, also while it moves from member to member or its owner is dead.
/// </summary>
/// <remarks>
/// Names follow Akka.NET's ClusterSharding. What differs: messages are durable and delivered at least once, there is no coordinator (all members
/// reckon the same owners, and of two who claim a shard the broker lets one be active), and an entity gets a fencing token.
/// </remarks>
public sealed class ClusterSharding : IExtension
{
    private readonly Lock _gate = new();
    private readonly Cluster _cluster;

    // Under the gate.
    private readonly Dictionary<string, (RegionParts Parts, IActorRef Region)> _regions = new(StringComparer.Ordinal);
    private int _started;

    private ClusterSharding(Cluster cluster)
    {
        _cluster = cluster;
        cluster.RegisterBeforeLeave(HandOverAsync);
        cluster.CountShards(() => All().Sum(one => one.Parts.Active));
    }

    /// <summary>The sharding of a system.</summary>
    public static ClusterSharding Get(ActorSystem system) => new Id().Get(system);

    /// <summary>Lets this member own entities of a kind, and send to them. The system must have joined.</summary>
    /// <param name="typeName">The kind: letters, digits, <c>-</c> and <c>_</c>. The same on all members.</param>
    /// <param name="entityPropsFactory">Makes the props of the entity of that name, here and now its only one.</param>
    /// <param name="settings">How this kind is run; the same on all members.</param>
    /// <param name="messageExtractor">Finds out for whom a message is; <c>null</c> for <see cref="ShardingEnvelope"/>.</param>
    /// <returns>The region: what it is told goes to the entity that is meant.</returns>
    /// <exception cref="InvalidOperationException">The system has not joined, or runs this kind already.</exception>
    /// <remarks>A leave ends what was started: a system that joins again starts its kinds again, and gets new regions.</remarks>
    public IActorRef Start(
        string typeName,
        Func<EntityContext, Props> entityPropsFactory,
        ClusterShardingSettings? settings = null,
        IMessageExtractor? messageExtractor = null) => Add(typeName, entityPropsFactory, settings, messageExtractor);

    /// <summary>Lets this member send to entities of a kind that live on others.</summary>
    /// <inheritdoc cref="Start"/>
    public IActorRef StartProxy(string typeName, IMessageExtractor? messageExtractor = null) => Add(typeName, null, null, messageExtractor);

    /// <summary>The region of a kind that was started here.</summary>
    /// <exception cref="InvalidOperationException">It was not.</exception>
    public IActorRef ShardRegion(string typeName) => Find(typeName).Region;

    /// <summary>Sends to an entity and waits until the broker has the message for good.</summary>
    /// <param name="typeName">The kind, started here with <see cref="Start"/> or <see cref="StartProxy"/>.</param>
    /// <param name="entityId">The entity.</param>
    /// <param name="message">What it gets.</param>
    /// <param name="sender">Who is answered.</param>
    /// <param name="cancellationToken">Stops waiting; the message may be sent all the same.</param>
    /// <exception cref="MessageRefusedException">The message may not travel; nothing was sent.</exception>
    /// <exception cref="TransportException">This member has left; the message may be in the queue all the same.</exception>
    public Task SendAsync(string typeName, string entityId, object message, IActorRef? sender = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(entityId);
        ArgumentNullException.ThrowIfNull(message);
        return Find(typeName).Parts.OutboxOf(entityId).SendAsync(entityId, message, sender, cancellationToken);
    }

    private IActorRef Add(string typeName, Func<EntityContext, Props>? propsOf, ClusterShardingSettings? settings, IMessageExtractor? extractor)
    {
        if (typeName.Length == 0 || !typeName.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw new ArgumentException($"'{typeName}' is no name for a kind of entities: use letters, digits, - and _.", nameof(typeName));
        }
        if (_cluster.Participation is null)
        {
            throw new InvalidOperationException($"The system {_cluster.System.Name} has not joined a cluster: call JoinAsync before starting {typeName}.");
        }
        lock (_gate)
        {
            if (_regions.TryGetValue(typeName, out var running))
            {
                if (!running.Parts.HasEnded)
                {
                    throw new InvalidOperationException($"The entities of {typeName} run on this member already: start them once.");
                }
                _cluster.System.Stop(running.Region);
            }
            var parts = new RegionParts(_cluster, typeName, propsOf, settings ?? new ClusterShardingSettings(), extractor ?? new EnvelopeExtractor());

            // The region of the membership before may still be ending, so each has a name of its own.
            var name = ++_started == 1 ? $"sharding-{typeName}" : string.Create(CultureInfo.InvariantCulture, $"sharding-{typeName}-{_started}");
            var region = _cluster.System.SystemActorOf(Props.Create(() => new ShardRegionActor(parts)), name);
            _regions[typeName] = (parts, region);
            return region;
        }
    }

    private (RegionParts Parts, IActorRef Region) Find(string typeName)
    {
        lock (_gate)
        {
            return _regions.TryGetValue(typeName, out var region) && !region.Parts.HasEnded
                ? region
                : throw new InvalidOperationException(
                    $"The entities of {typeName} are not started on this member, or were before it left and joined again: call Start or StartProxy first.");
        }
    }

    private (RegionParts Parts, IActorRef Region)[] All()
    {
        lock (_gate)
        {
            return [.. _regions.Values];
        }
    }

    private async Task HandOverAsync()
    {
        foreach (var (parts, region) in All().Where(one => !one.Parts.HasEnded))
        {
            try
            {
                await region.Ask<Done>(HandAllOver.Instance, 2 * _cluster.Settings.Sharding.HandOffTimeout).ConfigureAwait(false);
            }
            catch (AskTimeoutException)
            {
                _cluster.System.Log.Warning("Not all shards of {0} could be handed over in time; the broker gives them to others when this member is gone", parts.TypeName);
            }
            await parts.FlushedAsync().ConfigureAwait(false);
        }
    }

    private sealed class Id : ExtensionIdProvider<ClusterSharding>
    {
        public override ClusterSharding CreateExtension(ExtendedActorSystem system) => new(Cluster.Get(system));
    }
}
