using Sluice.Hocon;
using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Settings;

/// <summary>How a system takes part in a cluster; <c>reference.conf</c> holds the defaults and what each means.</summary>
public sealed record ClusterSettings
{
    /// <summary>The cluster's name. Members of another name are refused.</summary>
    public required string Name { get; init; }

    /// <summary>This member's name, unique among the living members.</summary>
    public required string Member { get; init; }

    /// <summary>What this member is there for.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>How often a member says that it lives.</summary>
    public required TimeSpan HeartbeatInterval { get; init; }

    /// <summary>How long nothing may be heard of a member before it is expelled; at least three intervals.</summary>
    public required TimeSpan Silence { get; init; }

    /// <summary>What to do when the others have lost this member.</summary>
    public required WhenExpelled WhenExpelled { get; init; }

    /// <summary>Messages to other members.</summary>
    public required RemotingSettings Remoting { get; init; }

    /// <summary>Types of messages.</summary>
    public required MessageSettings Messages { get; init; }

    /// <summary>Named entities.</summary>
    public required ShardingSettings Sharding { get; init; }

    /// <summary>The defaults.</summary>
    public static Config Reference { get; } = ConfigurationFactory.Reference(typeof(ClusterSettings).Assembly);

    /// <summary>Reads the section <c>sluice.cluster</c>, with the defaults for what it leaves open. Keys of transports are left to them.</summary>
    /// <exception cref="ConfigException">A value cannot be read; the message names it.</exception>
    /// <exception cref="ConfigurationException">A value makes no sense; the message names it.</exception>
    public static ClusterSettings From(Config? config)
    {
        var section = (config ?? ConfigurationFactory.Empty).WithFallback(Reference).GetConfig("sluice.cluster");
        return section.Without("rabbitmq").Bind<ClusterSettings>().Checked();
    }

    internal ClusterSettings Checked()
    {
        Unless(IsName(Name), "name", Name, "use letters, digits, - _ and .");
        Unless(Member.Length == 0 || IsName(Member), "member", Member, "use letters, digits, - _ and .");
        Unless(HeartbeatInterval > TimeSpan.Zero, "heartbeat-interval", HeartbeatInterval, "give a duration above zero");
        Unless(Silence >= 3 * HeartbeatInterval, "silence", Silence, $"give at least three heartbeat intervals, {3 * HeartbeatInterval}");
        Unless(Remoting.FrameMessages >= 1, "remoting.frame-messages", Remoting.FrameMessages, "give at least 1");
        Unless(Remoting.FrameBytes is >= 1_024 and <= 1 << 20, "remoting.frame-bytes", Remoting.FrameBytes, "give 1 KiB to 1 MiB");
        Unless(Remoting.OutboxBytes >= Remoting.FrameBytes, "remoting.outbox-bytes", Remoting.OutboxBytes, "give at least frame-bytes");
        Sharding.Check();
        return this;
    }

    internal static void Unless(bool isFine, string key, object value, string remedy)
    {
        if (!isFine)
        {
            throw new ConfigurationException($"sluice.cluster.{key} is '{value}': {remedy}.");
        }
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 100 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
