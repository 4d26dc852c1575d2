using System.Globalization;
using Sluice.Cluster.RabbitMq;
using Sluice.Cluster.Settings;
using Sluice.Hocon;
using Sluice.Rabbit;

namespace Sluice.Host.Members;

/// <summary>What a HOCON file says about a member of a cluster: section <c>sluice.cluster</c>, over the defaults of the projects.</summary>
/// <param name="Path">The file.</param>
/// <param name="Config">All of it, for the actor system.</param>
/// <param name="Cluster">How the member takes part.</param>
/// <param name="Rabbit">How it meets the others.</param>
internal sealed record MemberFile(string Path, Config Config, ClusterSettings Cluster, RabbitMqTransportSettings Rabbit)
{
    private const string Section = "sluice.cluster";

    // What members do all day is told by the command itself; the kernel's log has what went wrong.
    private const string Quiet = "sluice.kernel.loglevel = WARNING";

    /// <summary>Reads and checks the file; nothing is opened.</summary>
    /// <exception cref="ConfigException">The file cannot be read, is not HOCON, or a setting is missing, unknown or wrong.</exception>
    /// <exception cref="Kernel.Actor.ConfigurationException">A setting of the cluster makes no sense.</exception>
    public static MemberFile Read(string path)
    {
        var file = ConfigurationFactory.ParseFile(path);
        if (file.GetConfig(Section).IsEmpty)
        {
            throw new ConfigException(file.Root.Origin, $"there is no section '{Section}': write one with the cluster's name and its broker.", Section);
        }

        return new MemberFile(path, file.WithFallback(ConfigurationFactory.ParseString(Quiet)), ClusterSettings.From(file), RabbitMqTransportSettings.From(file));
    }

    /// <summary>The way to the others; connects to nothing yet.</summary>
    /// <exception cref="ConfigException">A setting of the connection cannot work.</exception>
    public RabbitMqTransport NewTransport()
    {
        try
        {
            return new RabbitMqTransport(Rabbit, Environment.GetEnvironmentVariable, TimeProvider.System);
        }
        catch (RabbitSettingsException fault)
        {
            throw new ConfigException(Config.GetConfig(Section).Root.Origin, $"{Section}.rabbitmq.{fault.Key}: {fault.Problem}", $"{Section}.rabbitmq.{fault.Key}");
        }
    }

    /// <summary>A name for one that only looks or sends, unlike any other.</summary>
    public static string ObserverName() => string.Create(CultureInfo.InvariantCulture, $"observer-{Environment.ProcessId}-{Random.Shared.Next():x}");

    /// <summary>The broker's addresses, for people.</summary>
    public string Broker => string.Join(", ", Rabbit.Connection.Hosts) + (Rabbit.Connection.VirtualHost == "/" ? "" : $" (virtual host {Rabbit.Connection.VirtualHost})");
}
