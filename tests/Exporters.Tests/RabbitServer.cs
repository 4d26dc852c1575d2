using RabbitMQ.Client;
using Sluice.Rabbit.Rig;

namespace Sluice.Exporters.Tests;

/// <summary>RabbitMQ for the tests of one class, with TLS beside plain TCP, and an observer's way in.</summary>
public sealed class RabbitServer : IAsyncLifetime
{
    public CertificateAuthority Authority { get; } = new();

    public Broker Broker { get; private set; } = null!;

    public BrokerNode Node => Broker.Nodes[0];

    public async Task InitializeAsync() => Broker = await Broker.StartAsync(new() { Tls = Authority });

    public async Task DisposeAsync()
    {
        await Broker.DisposeAsync();
        Authority.Dispose();
    }

    /// <summary>The secrets that sinks look up.</summary>
    public string? Variable(string name) => name switch
    {
        "SLUICE_RABBITMQ_USER" => Broker.User,
        "SLUICE_RABBITMQ_PASSWORD" => Broker.Password,
        _ => null,
    };

    public Task<IConnection> ConnectAsync() =>
        new ConnectionFactory { HostName = "127.0.0.1", Port = Broker.Port, UserName = Broker.User, Password = Broker.Password }.CreateConnectionAsync();

    /// <summary>Declares a durable queue and gives its name.</summary>
    public async Task<string> QueueAsync(string? name = null, IDictionary<string, object?>? arguments = null)
    {
        name ??= "q" + Guid.NewGuid().ToString("N");
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments);
        return name;
    }

    /// <summary>Takes everything out of a queue.</summary>
    public async Task<IReadOnlyList<BasicGetResult>> DrainAsync(string queue)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var messages = new List<BasicGetResult>();
        while (await channel.BasicGetAsync(queue, autoAck: true) is { } message)
        {
            messages.Add(message);
        }

        return messages;
    }
}
