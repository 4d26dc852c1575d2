using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Sluice.Cluster.RabbitMq;

/// <summary>Reads a member's queue: bounded ahead, so that a slow member's backlog lies with the broker, and acknowledged many at a time.</summary>
internal sealed class InboxReader(IChannel channel, ushort prefetch, Func<BasicDeliverEventArgs, Task> receive) : AsyncDefaultBasicConsumer(channel)
{
    private ushort _unacknowledged;

    public async Task StartAsync(string queue, CancellationToken cancellationToken)
    {
        await Channel.BasicQosAsync(0, prefetch, global: false, cancellationToken).ConfigureAwait(false);
        await Channel.BasicConsumeAsync(queue, autoAck: false, this, cancellationToken).ConfigureAwait(false);
    }

    public override async Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        try
        {
            await receive(new BasicDeliverEventArgs(consumerTag, deliveryTag, redelivered, exchange, routingKey, properties, body, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            if (++_unacknowledged >= prefetch / 2)
            {
                _unacknowledged = 0;
                await AcknowledgeAsync(deliveryTag).ConfigureAwait(false);
            }
        }
    }

    private async Task AcknowledgeAsync(ulong deliveryTag)
    {
        try
        {
            await Channel.BasicAckAsync(deliveryTag, multiple: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception fault) when (Rabbit.RabbitConnector.IsOfTheConnection(fault))
        {
            // The queue went with its connection; the session's end is told elsewhere.
        }
    }
}
