using System.Collections.Concurrent;
using RabbitMQ.Client;
using Sluice.Rabbit;

namespace Sluice.Cluster.RabbitMq;

/// <summary>A session's questions and declarations, one at a time on a channel of their own.</summary>
internal sealed class Administration(IChannel channel, Names names, CancellationToken lost)
{
    private readonly ConcurrentDictionary<string, Task> _declared = new(StringComparer.Ordinal);
    private readonly Turn _turn = new();

    /// <summary>Declares what all members share.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => InTurnAsync(
        async one =>
        {
            await one.ExchangeDeclareAsync(names.Members, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken).ConfigureAwait(false);
            var quorum = new Dictionary<string, object?> { ["x-queue-type"] = "quorum" };
            return await one.QueueDeclareAsync(names.Roll, durable: true, exclusive: false, autoDelete: false, quorum, cancellationToken: cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>How many would answer a hello, the asking one among them.</summary>
    public Task<int> CountAsync(CancellationToken cancellationToken) => InTurnAsync(
        async one => (int)(await one.QueueDeclarePassiveAsync(names.Roll, cancellationToken).ConfigureAwait(false)).ConsumerCount, cancellationToken);

    /// <summary>Makes a durable queue if it is not there.</summary>
    public async Task DeclareAsync(string queue, CancellationToken cancellationToken)
    {
        try
        {
            await _declared.GetOrAdd(queue, DeclareNowAsync).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (_declared.TryRemove(queue, out _))
        {
            throw;
        }
    }

    /// <summary>A queue may be gone: it is declared again.</summary>
    public void Forget(string queue) => _declared.TryRemove(queue, out _);

    /// <summary>Does something in turn.</summary>
    public async Task<T> InTurnAsync<T>(Func<IChannel, Task<T>> act, CancellationToken cancellationToken)
    {
        await _turn.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await act(channel).ConfigureAwait(false);
        }
        finally
        {
            _turn.Leave();
        }
    }

    private async Task DeclareNowAsync(string queue)
    {
        try
        {
            var arguments = new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-single-active-consumer"] = true };
            await InTurnAsync(
                one => one.QueueDeclareAsync(names.Queue(queue), durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: lost), lost).ConfigureAwait(false);
        }
        catch (OperationCanceledException fault)
        {
            throw new IOException($"{names.Queue(queue)} could not be declared: the connection was lost.", fault);
        }
    }
}
