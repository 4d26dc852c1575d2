using Sluice.Cluster;
using Sluice.Cluster.Settings;
using Sluice.Host.CommandLine;
using Sluice.Host.Members.Pools;
using Sluice.Host.Observing;
using Sluice.Host.Running;
using Sluice.Kernel.Actor;

namespace Sluice.Host.Members;

/// <summary>One life of a member: joins, owns its share of the cluster's pools, says who comes and goes, leaves when asked to.</summary>
internal sealed class MemberProcess(MemberFile file, ClusterSettings settings, ObservationPlan plan, IReadOnlyList<string> nodes, TextWriter output)
{
    /// <returns>The exit code: done when it left, failed when the cluster has lost it and it may not join again.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var observation = await Observation.StartAsync(plan, Say, cancellationToken);
        observation.Enter();
        using var system = ActorSystem.Create("sluice", file.Config);
        try
        {
            await JoinAsync(system, cancellationToken);
            observation.Readiness.Ready(() => BrokerHealth.Trouble(Cluster.Cluster.Get(system), file.Broker));
            var ended = await Task.WhenAny(Stopping.WaitAsync(cancellationToken), system.WhenTerminated);
            if (ended == system.WhenTerminated)
            {
                Say($"{settings.Member} has ended, because the cluster has lost it.");
                return ExitCode.Failed;
            }

            observation.Readiness.NotReady("leaving");
            Say($"{settings.Member} leaves ...");
            await CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance);
            Say($"{settings.Member} has left.");
            return ExitCode.Done;
        }
        finally
        {
            await system.Terminate();
        }
    }

    private async Task JoinAsync(ActorSystem system, CancellationToken cancellationToken)
    {
        var cluster = Cluster.Cluster.Get(system);
        await ClusterNodeHosts.OpenAsync(system, nodes, cancellationToken);
        await cluster.JoinAsync(file.NewTransport(), settings, cancellationToken);
        Say($"{settings.Member} has joined cluster {settings.Name} at {file.Broker}; Ctrl-C leaves.");
        var log = system.ActorOf(Props.Create(() => new MemberLog(output, settings.Member)), "member-log");
        cluster.Subscribe(log, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
        Observation.Serve(system, file.Config);
        ClusterPools.Start(system, file.Config, Say);
    }

    private void Say(string line) => output.WriteLine("sluice member: " + line);
}
