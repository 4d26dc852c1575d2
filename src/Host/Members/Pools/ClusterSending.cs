using System.Globalization;
using Sluice.Cluster.Sharding;
using Sluice.Host.Commands;
using Sluice.Host.Running;
using Sluice.Kernel.Actor;
using Sluice.Messages.Pools;

namespace Sluice.Host.Members.Pools;

/// <summary>Items on their way into a pool of a cluster, wherever it lives and also while it moves; each is told once the pool's journal has it, in their order.</summary>
internal sealed class ClusterSending
{
    private const int UnacknowledgedItems = 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly Guid _id = Guid.NewGuid();
    private readonly TakenItems _taken;
    private readonly Acknowledgements<SendAnswer> _unacknowledged;
    private long _sent;

    /// <param name="keys">Told the key of each item that is safe; <c>null</c> for nobody.</param>
    public ClusterSending(TextWriter? keys)
    {
        _taken = new TakenItems(keys);
        _unacknowledged = new(UnacknowledgedItems, TakeAsync);
    }

    public required MemberFile File { get; init; }

    /// <summary>The pool's name in <c>sluice.pools</c>.</summary>
    public required string Pool { get; init; }

    public required IAsyncEnumerable<PoolItem> Items { get; init; }

    public required TextWriter Notes { get; init; }

    /// <summary>Sends all; what was taken before a fault stays taken, and is said.</summary>
    /// <exception cref="InvalidInputException">An item is none, or the pool refuses one; those before it were taken.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var system = ActorSystem.Create("sluice", File.Config);
        try
        {
            var cluster = Cluster.Cluster.Get(system);
            await cluster.ObserveAsync(File.NewTransport(), File.Cluster with { Member = MemberFile.ObserverName() }, cancellationToken);
            var region = ClusterPools.StartProxy(system, File.Config, Pool);
            try
            {
                await SendAsync(region, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await Notes.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"stopped: of {_sent - _taken.Count:N0} items it is not known whether the pool has them; nobody owned it, or the answers are on their way."));
            }
            finally
            {
                await Notes.WriteLineAsync(_taken.ToString());
            }

            if (!cancellationToken.IsCancellationRequested)
            {
                await cluster.LeaveAsync(cancellationToken);
            }
        }
        finally
        {
            await system.Terminate();
        }
    }

    private async Task SendAsync(IActorRef region, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in Items)
            {
                await _unacknowledged.AddAsync(SendAsync(region, new Send(item, $"{_id:N}-{++_sent}"), cancellationToken));
            }
        }
        finally
        {
            await _unacknowledged.CompleteAsync();
        }
    }

    // An owner may die with the answer in its hands. By its id the pool knows a message that it has taken, so asking again makes no second item.
    private async Task<SendAnswer> SendAsync(IActorRef region, Send send, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await region.Ask<SendAnswer>(new ShardingEnvelope(Pool, send), Patience, cancellationToken);
            }
            catch (AskTimeoutException)
            {
                // Nobody owns the pool for now, or the answer was lost.
            }
        }
    }

    private Task TakeAsync(SendAnswer answer) => answer switch
    {
        SendAnswer.Accepted accepted => _taken.AddAsync(accepted.Key),
        SendAnswer.Exported exported => _taken.AddAsync(exported.Key),
        SendAnswer.Refused refused => throw new InvalidInputException($"the pool {Pool} refuses an item: {refused.Message}", null),
        _ => throw new InvalidOperationException($"The pool answered {answer}."),
    };
}
