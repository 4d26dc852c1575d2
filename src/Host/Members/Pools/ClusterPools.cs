using Sluice.Cluster;
using Sluice.Cluster.Sharding;
using Sluice.Exporters.Sinks;
using Sluice.Hocon;
using Sluice.Host.Running;
using Sluice.Journal.Settings;
using Sluice.Kernel.Actor;
using Sluice.Messages.Pools;

namespace Sluice.Host.Members.Pools;

/// <summary>
/// The exporter pools of a cluster: each lives on one member at a time, with its journal in PostgreSQL, and moves when that member leaves or is
/// lost. Sends to it wait in a durable queue until the journal has them.
/// </summary>
internal sealed class ClusterPools
{
    private const string Section = "sluice.pools";
    private readonly Dictionary<string, IActorRef> _doors = new(StringComparer.Ordinal);

    private ClusterPools()
    {
    }

    /// <summary>The pools' names.</summary>
    public IReadOnlyCollection<string> Names => _doors.Keys;

    /// <summary>Lets this member own the pools that a configuration describes under <c>sluice.pools.NAME</c>, and send to them. It must have joined.</summary>
    /// <param name="system">The member's system.</param>
    /// <param name="config">The same on all members; each pool has the keys of <c>sluice.pool</c>, and <c>role</c> for who may own it.</param>
    /// <param name="note">Gets what a person should know.</param>
    /// <exception cref="ConfigException">A setting is missing, unknown or wrong; nothing was started.</exception>
    public static ClusterPools Start(ActorSystem system, Config config, Action<string> note)
    {
        var files = config.GetConfig(Section).Root.Fields.Keys.Select(name => (Role: RoleOf(config, name), File: Read(config, name, note))).ToArray();
        var pools = new ClusterPools();
        var services = new SinkServices();
        system.RegisterOnTermination(services.Dispose);
        foreach (var ofRole in files.GroupBy(pool => pool.Role))
        {
            var byName = ofRole.ToDictionary(pool => pool.File.Pool.Name, pool => pool.File);
            var region = ClusterSharding.Get(system).Start(
                RegionOf(ofRole.Key), context => PropsOf(byName[context.EntityId], services), SettingsOf(ofRole.Key, byName.Keys));
            foreach (var name in byName.Keys)
            {
                pools._doors[name] = system.ActorOf(Props.Create(() => new PoolDoor(region, name)), "pool-door-" + Uri.EscapeDataString(name));
            }
        }
        return pools;
    }

    /// <summary>The pool of that name, wherever it lives: takes the messages of <c>Sluice.Messages.Pools</c>.</summary>
    /// <exception cref="KeyNotFoundException">The configuration has no such pool.</exception>
    public IActorRef Ref(string name) => _doors.TryGetValue(name, out var door)
        ? door
        : throw new KeyNotFoundException($"There is no pool '{name}' in {Section}, only {string.Join(", ", _doors.Keys)}: describe it there.");

    /// <summary>A way to a pool from a system that owns none, such as an observer's: tell it <see cref="ShardingEnvelope"/>s with the pool's name.</summary>
    /// <exception cref="ConfigException">The configuration has no such pool.</exception>
    public static IActorRef StartProxy(ActorSystem system, Config config, string name)
    {
        var names = config.GetConfig(Section).Root.Fields.Keys;
        return names.Contains(name)
            ? ClusterSharding.Get(system).StartProxy(RegionOf(RoleOf(config, name)))
            : throw new ConfigException(
                config.Root.Origin, $"there is no pool '{name}' in {Section}, only {(names.Any() ? string.Join(", ", names) : "none")}: name one of them.", $"{Section}.{name}");
    }

    private static string RegionOf(string? role) => role is null ? "pool" : $"pool-{role}";

    private static Props PropsOf(PoolFile file, SinkServices services) => Props.Create(() => new PoolEntity(file, services));

    private static ClusterShardingSettings SettingsOf(string? role, IEnumerable<string> names) => new()
    {
        Role = role,
        StartEntities = [.. names],
        HandOffStopMessage = EndPool.Instance,
        Identify = Identified,

        // A pool that stops or cannot write has not taken the item: its next owner will.
        IsTaken = answer => answer is not SendAnswer.Refused { Reason: RefusalReason.Stopping or RefusalReason.JournalFailed }
            && !(answer is SendManyAnswer many && many.Answers.Any(
                one => one is SendAnswer.Refused { Reason: RefusalReason.Stopping or RefusalReason.JournalFailed })),
    };

    /// <summary>The id of the queue's message goes into the journal with the items, so that the next owner knows what the one before it had saved already.</summary>
    private static object Identified(object message, MessageId id) => message switch
    {
        Send { MessageId: null } send => send with { MessageId = id.ToString() },
        SendMany { MessageId: null } send => send with { MessageId = id.ToString() },
        SaveUnsentData { MessageId: null } save => save with { MessageId = id.ToString() },
        _ => message,
    };

    private static string? RoleOf(Config config, string name) =>
        config.GetString($"{Section}.\"{name}\".role", "") is { Length: > 0 } role ? role : null;

    private static PoolFile Read(Config config, string name, Action<string> note)
    {
        var section = config.GetConfig($"{Section}.\"{name}\"");
        var file = PoolFile.From(name, section.Without("role").WithFallback(ConfigurationFactory.FromObject(new { name })));
        if (file.Journal.Kind != JournalKind.Postgresql)
        {
            note($"The journal of pool {name} is of the kind {file.Journal.Kind}: another member cannot read it, so unsent data stays where it is when the pool moves. "
                + $"Set {Section}.{name}.journal.kind = postgresql.");
        }

        // Taken by the journal is taken: a sender in the cluster does not wait for sinks.
        return file with { Pool = file.Pool with { WaitForResult = false }, Journal = file.Journal with { TakeOver = true } };
    }
}
