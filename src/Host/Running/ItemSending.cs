using Sluice.Host.Output;
using Sluice.Kernel.Actor;
using Sluice.Messages.Pools;

namespace Sluice.Host.Running;

/// <summary>Items on their way into a pool: many wait for the journal at once, and each is told once it is safe, in their order.</summary>
internal sealed class ItemSending
{
    private const int UnacknowledgedItems = 1024;

    private readonly TakenItems _taken;
    private readonly Acknowledgements<string> _unacknowledged;

    /// <param name="keys">Told the key of each item that is safe; <c>null</c> for nobody.</param>
    public ItemSending(TextWriter? keys)
    {
        _taken = new TakenItems(keys);
        _unacknowledged = new(UnacknowledgedItems, _taken.AddAsync);
    }

    public required PoolFile Pool { get; init; }

    public required IAsyncEnumerable<PoolItem> Items { get; init; }

    public required TimeSpan Drain { get; init; }

    public required TextWriter Notes { get; init; }

    /// <summary>Sends all; what was taken before a fault stays taken, and is said.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var system = ActorSystem.Create("sluice");
        try
        {
            await using var pool = await PoolSession.StartAsync(system, Pool, Notes.WriteLine, cancellationToken).ConfigureAwait(false);
            try
            {
                await SendAsync(pool).ConfigureAwait(false);
            }
            finally
            {
                await pool.SettleAsync(Drain, _ => { }, cancellationToken).ConfigureAwait(false);
                await pool.DisposeAsync().ConfigureAwait(false);
                await SayAsync(await pool.ProgressAsync().ConfigureAwait(false)).ConfigureAwait(false);
            }
        }
        finally
        {
            await system.Terminate().ConfigureAwait(false);
        }
    }

    private async Task SendAsync(PoolSession pool)
    {
        try
        {
            await foreach (var item in Items.ConfigureAwait(false))
            {
                await _unacknowledged.AddAsync(pool.SendAsync(item)).ConfigureAwait(false);
            }
        }
        finally
        {
            await _unacknowledged.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async Task SayAsync(IReadOnlyList<SinkProgress> sinks)
    {
        await Notes.WriteLineAsync(_taken.ToString()).ConfigureAwait(false);
        foreach (var sink in sinks)
        {
            await Notes.WriteLineAsync($"  {Summary.Of(sink)}").ConfigureAwait(false);
        }
    }
}
