using RabbitMQ.Client;
using Sluice.Rabbit;

namespace Sluice.Cluster.RabbitMq;

/// <summary>
/// Where a session publishes with confirms. RabbitMQ 3.10 may never confirm what was published on a channel that knew a queue by a leader which has just been
/// killed with its node, although the queue is well and others publish to it. So what is not confirmed in time is published again, on a new channel.
/// </summary>
internal sealed class DurableChannel
{
    private static readonly TimeSpan LongestPatience = TimeSpan.FromMinutes(1);
    private readonly Turn _renewing = new();
    private readonly IConnection _connection;
    private readonly RabbitMqTransportSettings _settings;
    private readonly Func<bool> _isBlocked;
    private readonly TimeProvider _time;
    private readonly CancellationToken _lost;
    private volatile ConfirmedChannel _current;

    private DurableChannel(IConnection connection, RabbitMqTransportSettings settings, Func<bool> isBlocked, TimeProvider time, ConfirmedChannel first, CancellationToken lost)
    {
        (_connection, _settings, _isBlocked, _time, _lost) = (connection, settings, isBlocked, time, lost);
        _current = first;
    }

    /// <summary>The channel that is used now.</summary>
    public ConfirmedChannel Current => _current;

    /// <summary>Opens one.</summary>
    /// <param name="connection">What it belongs to.</param>
    /// <param name="settings">How many may wait for a confirm, and how long.</param>
    /// <param name="isBlocked">Whether the broker takes nothing for now, so that no confirm can be expected.</param>
    /// <param name="time">The clock.</param>
    /// <param name="lost">Fires when the connection is of no use any more: one that is reset while it is being aborted may never say so to those that wait on it.</param>
    /// <param name="cancellationToken">Gives up opening.</param>
    public static async Task<DurableChannel> OpenAsync(
        IConnection connection, RabbitMqTransportSettings settings, Func<bool> isBlocked, TimeProvider time, CancellationToken lost, CancellationToken cancellationToken) =>
        new(connection, settings, isBlocked, time, await ConfirmedChannel.OpenAsync(connection, settings.PublishWindow, cancellationToken).ConfigureAwait(false), lost);

    /// <summary>Publishes to a queue until there is an answer, or the connection is lost.</summary>
    /// <exception cref="Exception">Of the connection: a new channel could not be opened, or the old one not closed.</exception>
    public async Task<PublishOutcome> PublishAsync(string queue, BasicProperties properties, ReadOnlyMemory<byte> body)
    {
        try
        {
            return await PublishWhileThereAsync(queue, properties, body).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_lost.IsCancellationRequested)
        {
            return new PublishOutcome.Unknown("the connection was lost", null);
        }
    }

    private async Task<PublishOutcome> PublishWhileThereAsync(string queue, BasicProperties properties, ReadOnlyMemory<byte> body)
    {
        var patience = _settings.ConfirmTimeout;
        while (true)
        {
            var channel = _current;
            var outcome = await TryPublishAsync(channel, queue, properties, body, patience).ConfigureAwait(false);
            if (outcome is not null && (outcome is not PublishOutcome.Unknown || channel == _current))
            {
                return outcome;
            }

            if (outcome is null)
            {
                // A queue without its quorum confirms nothing for as long as that lasts, and each attempt may leave a copy.
                patience = patience * 2 < LongestPatience ? patience * 2 : LongestPatience;
                await RenewAsync(channel).ConfigureAwait(false);
            }
        }
    }

    /// <returns>Null when there was no answer in time.</returns>
    private async Task<PublishOutcome?> TryPublishAsync(
        ConfirmedChannel channel, string queue, BasicProperties properties, ReadOnlyMemory<byte> body, TimeSpan patience)
    {
        var publishing = channel.PublishAsync("", queue, properties, body, _lost);
        while (true)
        {
            try
            {
                return await publishing.WaitAsync(patience, _time, _lost).ConfigureAwait(false);
            }
            catch (TimeoutException) when (!publishing.IsCompleted)
            {
                if (!_isBlocked())
                {
                    return null;
                }
            }
        }
    }

    // The old one is closed before anything is published again: what it had not sent yet, it must not send later. One that owes confirms may never say that it
    // is closed; when a new connection would have been made meanwhile, this one has to go.
    private async Task RenewAsync(ConfirmedChannel stale)
    {
        await _renewing.EnterAsync(_lost).ConfigureAwait(false);
        try
        {
            if (_current == stale)
            {
                _current = await ConfirmedChannel.OpenAsync(_connection, _settings.PublishWindow, _lost).ConfigureAwait(false);
                await stale.DisposeAsync().AsTask().WaitAsync(_settings.Connection.ConnectTimeout, _time, _lost).ConfigureAwait(false);
            }
        }
        finally
        {
            _renewing.Leave();
        }
    }
}
