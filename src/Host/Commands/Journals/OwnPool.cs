using Sluice.Host.Running;
using Sluice.Kernel.Actor;
using Sluice.Messages.Pools;

namespace Sluice.Host.Commands.Journals;

/// <summary>Nobody has the journal open: this program runs the pool for the time of a command.</summary>
internal sealed class OwnPool : IJournalOwner
{
    private readonly ActorSystem _system;
    private readonly PoolSession _pool;

    private OwnPool(ActorSystem system, PoolSession pool) => (_system, _pool) = (system, pool);

    public static async ValueTask<OwnPool> StartAsync(PoolFile file, CancellationToken cancellationToken)
    {
        var system = ActorSystem.Create("sluice");
        try
        {
            // A command never takes a journal from a program that has opened it meanwhile, whatever the pool's file lets a cluster do.
            file = file with { Journal = file.Journal with { TakeOver = false } };
            return new OwnPool(system, await PoolSession.StartAsync(system, file, Console.Error.WriteLine, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await system.Terminate().ConfigureAwait(false);
            throw;
        }
    }

    public Task<long> RedriveAsync(IReadOnlyList<long> deadLetters, CancellationToken cancellationToken) => _pool.RedriveAsync(deadLetters, cancellationToken);

    public Task<long> DropAsync(IReadOnlyList<long> deadLetters, string reason, CancellationToken cancellationToken) =>
        _pool.DropDeadLettersAsync(deadLetters, reason, cancellationToken);

    public Task<IReadOnlyList<UnsentDataResult>> SendAsync(string? sink, CancellationToken cancellationToken) => _pool.SendUnsentDataAsync(sink, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync().ConfigureAwait(false);
        await _system.Terminate().ConfigureAwait(false);
        _system.Dispose();
    }
}
