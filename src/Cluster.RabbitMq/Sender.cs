using RabbitMQ.Client;
using Sluice.Cluster.Transport;
using Sluice.Rabbit;

namespace Sluice.Cluster.RabbitMq;

/// <summary>Sends for a member, over as many sessions as it takes.</summary>
internal sealed class Sender(MemberId self, SendGate gate, Names names, TimeSpan pause, TimeProvider time)
{
    private readonly BasicProperties _broadcast = new() { AppId = self.ToString() };

    /// <summary>What a frame to one member says of itself: nothing, since each byte is paid for a million times.</summary>
    public static BasicProperties Plain { get; } = new();

    private static BasicProperties Durable { get; } = new() { DeliveryMode = DeliveryModes.Persistent };

    public ValueTask SendAsync(MemberId to, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) =>
        SendAsync("", names.Member(to), Plain, frame, cancellationToken);

    public ValueTask BroadcastAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) =>
        SendAsync(names.Members, "", _broadcast, frame, cancellationToken);

    public async ValueTask PublishAsync(string queue, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        while (true)
        {
            var session = await gate.SendableAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var publishing = session.PublishAsync(queue, Durable, frame, cancellationToken);
                if (await Task.WhenAny(publishing, session.Lost).ConfigureAwait(false) != publishing)
                {
                    // Most know why a moment later; but the client may leave a publish on a connection that breaks without any answer.
                    await Task.WhenAny(publishing, Task.Delay(pause, time, cancellationToken)).ConfigureAwait(false);
                }

                switch (publishing.IsCompleted ? await publishing.ConfigureAwait(false) : null)
                {
                    case PublishOutcome.Confirmed:
                        return;
                    case PublishOutcome.Unknown { Code: Constants.AccessRefused } lost:
                        throw new TransportException($"The broker does not let this member publish to {names.Queue(queue)}: {lost.Reason}");
                }
            }
            catch (Exception fault) when (RabbitConnector.IsOfTheConnection(fault))
            {
                session.Fail(fault.Message);
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask SendAsync(string exchange, string routingKey, BasicProperties properties, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        while (true)
        {
            var session = await gate.SendableAsync(cancellationToken).ConfigureAwait(false);
            if (await session.SendAsync(exchange, routingKey, properties, frame, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
