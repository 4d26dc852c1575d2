using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Sluice.Rabbit.Rig;

namespace Sluice.Cluster.Bench;

/// <summary>RabbitMQ.Client as its tutorials use it: one message per publish.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private const string Transient = "bench-transient";
    private const string Quorum = "bench-quorum";
    private const string Requests = "bench-requests";
    private const int Confirms = 256;
    private static readonly byte[] Payload = new byte[100];
    private readonly IConnection _sender;
    private readonly IConnection _receiver;
    private readonly IChannel _plain;
    private readonly IChannel _confirmed;
    private readonly IChannel _asking;
    private readonly SemaphoreSlim _window = new(Confirms);
    private int _expected;
    private int _received;
    private TaskCompletionSource _all = new();
    private TaskCompletionSource _answered = new();

    private RawClient(IConnection sender, IConnection receiver, IChannel plain, IChannel confirmed, IChannel asking) =>
        (_sender, _receiver, _plain, _confirmed, _asking) = (sender, receiver, plain, confirmed, asking);

    public static async Task<RawClient> ConnectAsync(Broker broker)
    {
        var factory = new ConnectionFactory { HostName = "127.0.0.1", Port = broker.Port, UserName = broker.User, Password = broker.Password };
        var (sender, receiver) = (await factory.CreateConnectionAsync(), await factory.CreateConnectionAsync());
        var client = new RawClient(
            sender,
            receiver,
            await sender.CreateChannelAsync(),
            await sender.CreateChannelAsync(new CreateChannelOptions(true, true, outstandingPublisherConfirmationsRateLimiter: null)),
            await sender.CreateChannelAsync());
        await client.SetUpAsync();
        return client;
    }

    public async Task PublishAsync(int count)
    {
        (_expected, _received, _all) = (count, 0, new(TaskCreationOptions.RunContinuationsAsynchronously));
        for (var i = 0; i < count; i++)
        {
            await _plain.BasicPublishAsync("", Transient, Payload);
        }
        await _all.Task;
    }

    public Task PublishConfirmedAsync(int count)
    {
        var properties = new BasicProperties { Persistent = true };
        return Task.WhenAll(Enumerable.Range(0, 2_000).Select(async _ =>
        {
            for (var i = 0; i < count / 2_000; i++)
            {
                await _window.WaitAsync();
                try
                {
                    await _confirmed.BasicPublishAsync("", Quorum, mandatory: true, properties, Payload);
                }
                finally
                {
                    _window.Release();
                }
            }
        }));
    }

    public async Task AskAsync()
    {
        _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _asking.BasicPublishAsync("", Requests, mandatory: false, new BasicProperties { ReplyTo = "amq.rabbitmq.reply-to" }, Payload);
        await _answered.Task;
    }

    /// <summary>What an epoch of the tube costs at least that crosses to the other member twice, one epoch after the other.</summary>
    public async Task AskTwiceAsync(int epochs)
    {
        for (var i = 0; i < 2 * epochs; i++)
        {
            await AskAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _sender.DisposeAsync();
        await _receiver.DisposeAsync();
        _window.Dispose();
    }

    private async Task SetUpAsync()
    {
        var channel = await _receiver.CreateChannelAsync();
        await channel.QueueDeclareAsync(Transient, durable: false, exclusive: true, autoDelete: true);
        await channel.QueueDeclareAsync(Requests, durable: false, exclusive: true, autoDelete: true);
        await channel.QueueDeclareAsync(Quorum, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await ConsumeAsync(channel, Transient, autoAck: true, _ =>
        {
            if (++_received == _expected)
            {
                _all.SetResult();
            }
            return Task.CompletedTask;
        });
        var durable = await _receiver.CreateChannelAsync();
        await durable.BasicQosAsync(0, 1_000, false);
        await ConsumeAsync(durable, Quorum, autoAck: false, delivery => durable.BasicAckAsync(delivery.DeliveryTag, false).AsTask());
        var answering = await _receiver.CreateChannelAsync();
        await ConsumeAsync(answering, Requests, autoAck: true, delivery =>
            answering.BasicPublishAsync("", delivery.BasicProperties.ReplyTo!, Payload).AsTask());
        await ConsumeAsync(_asking, "amq.rabbitmq.reply-to", autoAck: true, _ =>
        {
            _answered.SetResult();
            return Task.CompletedTask;
        });
    }

    private static async Task ConsumeAsync(IChannel channel, string queue, bool autoAck, Func<BasicDeliverEventArgs, Task> handle)
    {
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => handle(delivery);
        await channel.BasicConsumeAsync(queue, autoAck, consumer);
    }
}
