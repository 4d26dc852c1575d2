using System.Globalization;
using Sluice.Actors.Tubes.Placing;
using Sluice.Cluster.Settings;
using Sluice.Cluster.Transport;
using Sluice.Hocon;
using Sluice.Host.Members;
using Sluice.Kernel.Actor;
using Sluice.Tubes.Binding;

namespace Sluice.Host.Running;

/// <summary>A run's way into a cluster: its process joins as a member that is there for this run only, and leaves when its system ends.</summary>
/// <param name="config">What the actor system is made with.</param>
/// <param name="settings">How members take part.</param>
/// <param name="transport">Makes the way to the others.</param>
internal sealed class ClusterSession(Config config, ClusterSettings settings, Func<ITransport> transport)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    /// <summary>What the actor system is made with.</summary>
    public Config Config => config;

    /// <summary>The cluster that the members' file speaks of; nothing is opened.</summary>
    /// <exception cref="ConfigException">The file cannot be read, is not HOCON, or does not speak of a cluster.</exception>
    public static ClusterSession Read(string path)
    {
        var file = MemberFile.Read(path);
        return new ClusterSession(file.Config, file.Cluster, file.NewTransport);
    }

    /// <summary>Joins, and says where nodes can run. With no other member there for some seconds they run here.</summary>
    /// <exception cref="JoinRefusedException">The members refuse this one.</exception>
    /// <exception cref="TransportException">The broker cannot be reached.</exception>
    public async Task<INodePlacing> JoinAsync(ActorSystem system, Action<string> note, CancellationToken cancellationToken)
    {
        var cluster = Cluster.Cluster.Get(system);
        var own = settings with
        {
            Member = string.Create(CultureInfo.InvariantCulture, $"run-{Environment.ProcessId}-{Random.Shared.Next():x}"),
            Roles = [ClusterNodeHosts.RunnerRole],
        };
        await cluster.JoinAsync(transport(), own, cancellationToken).ConfigureAwait(false);

        var hosts = new ClusterNodeHosts(system);
        var (time, started) = (TimeProvider.System, TimeProvider.System.GetTimestamp());
        while (hosts.Living.Count == 0 && time.GetElapsedTime(started) < s_patience)
        {
            await Task.Delay(s_look, time, cancellationToken).ConfigureAwait(false);
        }

        var names = hosts.Living.Select(member => member.Name).Order(StringComparer.Ordinal).ToList();
        note(names.Count == 0
            ? $"No other member of the cluster {settings.Name} is there: all nodes run here."
            : $"Nodes run on the members {string.Join(", ", names)} of the cluster {settings.Name}.");
        return new ClusterPlacing(system, hosts);
    }
}
