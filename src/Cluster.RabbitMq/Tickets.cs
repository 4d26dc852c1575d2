using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Sluice.Rabbit;

namespace Sluice.Cluster.RabbitMq;

/// <summary>
/// Draws fencing tokens: each is the offset that a message got in a stream of the cluster's, and offsets of a stream only ever rise, whoever writes and
/// whichever broker leads. All queues share the stream, so that none has to keep a counter.
/// </summary>
internal sealed class Tickets
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> _drawn = new(StringComparer.Ordinal);
    private readonly string _stream;

    private Tickets(string stream) => _stream = stream;

    public static async Task<Tickets> OpenAsync(IChannel channel, string stream, CancellationToken cancellationToken)
    {
        var tickets = new Tickets(stream);
        var arguments = new Dictionary<string, object?> { ["x-queue-type"] = "stream", ["x-max-length-bytes"] = 1_000_000, ["x-stream-max-segment-size-bytes"] = 500_000 };
        await channel.QueueDeclareAsync(stream, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken).ConfigureAwait(false);
        await channel.BasicQosAsync(0, 100, global: false, cancellationToken).ConfigureAwait(false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            tickets.Seen(message);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false).ConfigureAwait(false);
        };
        await channel.BasicConsumeAsync(
            stream, autoAck: false, "", noLocal: false, exclusive: false, new Dictionary<string, object?> { ["x-stream-offset"] = "next" }, consumer, cancellationToken).ConfigureAwait(false);
        return tickets;
    }

    /// <summary>Draws one.</summary>
    /// <param name="publisher">Where the message goes out.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The broker did not take the message.</exception>
    public async Task<long> DrawAsync(ConfirmedChannel publisher, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString("N");
        var drawn = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        _drawn[id] = drawn;
        try
        {
            var outcome = await publisher.PublishAsync("", _stream, new BasicProperties { MessageId = id }, ReadOnlyMemory<byte>.Empty, cancellationToken).ConfigureAwait(false);
            return outcome is PublishOutcome.Confirmed
                ? await drawn.Task.WaitAsync(cancellationToken).ConfigureAwait(false)
                : throw new IOException($"No fencing token could be drawn from {_stream}: {outcome}");
        }
        finally
        {
            _drawn.TryRemove(id, out _);
        }
    }

    private void Seen(BasicDeliverEventArgs message)
    {
        if (message.BasicProperties.MessageId is { } id
            && _drawn.TryGetValue(id, out var drawn)
            && message.BasicProperties.Headers?.TryGetValue("x-stream-offset", out var offset) == true
            && offset is long number)
        {
            drawn.TrySetResult(number + 1);
        }
    }
}
