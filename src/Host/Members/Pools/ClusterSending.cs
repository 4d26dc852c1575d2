using System.Globalization;
using System.Text.Json;
using Sluice.Cluster.Sharding;
using Sluice.Host.Commands;
using Sluice.Kernel.Actor;
using Sluice.Messages.Pools;

namespace Sluice.Host.Members.Pools;

/// <summary>Items on their way into a pool of a cluster, wherever it lives and also while it moves; each is told once the pool's journal has it, in their order.</summary>
internal sealed class ClusterSending(MemberFile file, string pool, IAsyncEnumerable<PoolItem> items, TextWriter? keys, TextWriter notes)
{
    // So many may wait for the journal at once: they share frames and commits.
    private const int Unacknowledged = 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly Guid _id = Guid.NewGuid();
    private readonly Queue<Task<SendAnswer>> _waiting = new();
    private long _sent;
    private long _taken;

    /// <summary>Sends all; what was taken before a fault stays taken, and is said.</summary>
    /// <exception cref="InvalidInputException">An item is none, or the pool refuses one; those before it were taken.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var system = ActorSystem.Create("sluice", file.Config);
        try
        {
            var cluster = Cluster.Cluster.Get(system);
            await cluster.ObserveAsync(file.NewTransport(), file.Cluster with { Member = MemberFile.ObserverName() }, cancellationToken);
            var region = ClusterPools.StartProxy(system, file.Config, pool);
            try
            {
                await SendAsync(region);
            }
            finally
            {
                await notes.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{_taken:N0} items taken."));
            }

            await cluster.LeaveAsync(cancellationToken);
        }
        finally
        {
            await system.Terminate();
        }
    }

    private async Task SendAsync(IActorRef region)
    {
        try
        {
            await foreach (var item in items)
            {
                _waiting.Enqueue(SendAsync(region, new Send(item, $"{_id:N}-{++_sent}")));
                await AcknowledgeAsync(downTo: Unacknowledged);
            }
        }
        finally
        {
            await AcknowledgeAsync(downTo: 0);
        }
    }

    // An owner may die with the answer in its hands. By its id the pool knows a message that it has taken, so asking again makes no second item.
    private async Task<SendAnswer> SendAsync(IActorRef region, Send send)
    {
        while (true)
        {
            try
            {
                return await region.Ask<SendAnswer>(new ShardingEnvelope(pool, send), Patience);
            }
            catch (AskTimeoutException)
            {
                // Nobody owns the pool for now, or the answer was lost.
            }
        }
    }

    private async Task AcknowledgeAsync(int downTo)
    {
        while (_waiting.TryPeek(out var oldest) && (_waiting.Count > downTo || oldest.IsCompleted))
        {
            _ = _waiting.Dequeue();
            var key = await oldest switch
            {
                SendAnswer.Accepted accepted => accepted.Key,
                SendAnswer.Exported exported => exported.Key,
                SendAnswer.Refused refused => throw new InvalidInputException($"the pool {pool} refuses an item: {refused.Message}", null),
                var other => throw new InvalidOperationException($"The pool answered {other}."),
            };
            _taken++;
            if (keys is not null)
            {
                await keys.WriteLineAsync($"{{\"key\":{JsonSerializer.Serialize(key)}}}");
            }
        }
    }
}
