using System.Globalization;
using Sluice.Cluster.Transport;
using Sluice.Hocon;
using Sluice.Rabbit;

namespace Sluice.Cluster.RabbitMq;

/// <summary>
/// Members meet at RabbitMQ. Each has an exclusive queue for frames; the broker's own events tell of a queue that went, milliseconds after its member.
/// Durable queues are quorum queues with a single active consumer.
/// </summary>
public sealed class RabbitMqTransport : ITransport
{
    private readonly RabbitMqTransportSettings _settings;
    private readonly RabbitConnector _connector;
    private readonly TimeProvider _time;
    private volatile Seat? _seat;

    /// <summary>Checks the settings; connects to nothing.</summary>
    /// <param name="settings">From <c>sluice.cluster.rabbitmq</c>.</param>
    /// <param name="environment">Reads an environment variable; null when it is not set.</param>
    /// <param name="time">The clock of all waits.</param>
    /// <exception cref="RabbitSettingsException">A setting cannot work.</exception>
    public RabbitMqTransport(RabbitMqTransportSettings settings, Func<string, string?> environment, TimeProvider time)
    {
        settings.Check();
        _settings = settings;
        _time = time;
        _connector = new RabbitConnector(settings.Connection, environment);
    }

    /// <summary>Makes one as configuration says.</summary>
    /// <param name="config">The whole configuration, of which <c>sluice.cluster.rabbitmq</c> is read, over the defaults.</param>
    /// <exception cref="ConfigException">A setting is missing, unknown or cannot be read.</exception>
    /// <exception cref="RabbitSettingsException">A setting cannot work.</exception>
    public static RabbitMqTransport From(Config config) =>
        new(RabbitMqTransportSettings.From(config), Environment.GetEnvironmentVariable, TimeProvider.System);

    /// <inheritdoc/>
    public TransportState State => _seat?.State ?? TransportState.Closed;

    /// <inheritdoc/>
    public int MaxFrameBytes => _settings.MaxFrameBytes;

    /// <inheritdoc/>
    public async Task JoinAsync(MemberInfo self, IMemberReceiver receiver, CancellationToken cancellationToken)
    {
        if (_seat is { } old)
        {
            if (old.State != TransportState.Closed)
            {
                throw new InvalidOperationException($"{self.Id} has joined already; leave first.");
            }

            await old.DisposeAsync().ConfigureAwait(false);
        }

        var seat = new Seat(_settings, _connector, _time, self, receiver);
        try
        {
            await seat.JoinAsync(cancellationToken).ConfigureAwait(false);
            _seat = seat;
        }
        catch
        {
            await seat.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task LeaveAsync(CancellationToken cancellationToken) => _seat?.LeaveAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask SendAsync(MemberId to, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) =>
        await Checked(frame).Sender.SendAsync(to, frame, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask BroadcastAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) =>
        await Checked(frame).Sender.BroadcastAsync(frame, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask ExpelAsync(MemberId member, string reason, CancellationToken cancellationToken) =>
        await Joined().ExpelAsync(member, reason, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask PublishAsync(string queue, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) =>
        await Checked(frame).Sender.PublishAsync(queue, frame, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IQueueConsumption> ConsumeAsync(string queue, int prefetch, IQueueReceiver receiver, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(prefetch, 1);
        return await Joined().Claims.AddAsync(queue, prefetch, receiver, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the membership without a goodbye, if it has not ended, and lets the connection go.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_seat is { } seat)
        {
            await seat.DisposeAsync().ConfigureAwait(false);
        }

        _connector.Dispose();
    }

    private Seat Checked(ReadOnlyMemory<byte> frame) =>
        frame.Length <= _settings.MaxFrameBytes
            ? Joined()
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The frame has {frame.Length} bytes; the transport takes {_settings.MaxFrameBytes} (max-frame-bytes)."), nameof(frame));

    private Seat Joined() => _seat ?? throw new TransportException("This member has not joined.");
}
