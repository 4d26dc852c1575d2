using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Sluice.Rabbit;

/// <summary>
/// A channel that publishes with confirms and the mandatory flag, so that what nobody would get never counts as delivered. It bounds by itself what is
/// under way: the client's own limiter falls to some 250 messages per second near its limit.
/// </summary>
public sealed class ConfirmedChannel : IAsyncDisposable
{
    private readonly IChannel _channel;
    private readonly SemaphoreSlim _window;
    private readonly Turn _turn = new();
    private readonly TaskCompletionSource<ShutdownEventArgs> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ConfirmedChannel(IChannel channel, int window)
    {
        _channel = channel;
        _window = new(window);
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            _closed.TrySetResult(reason);
            return Task.CompletedTask;
        };
    }

    /// <summary>The channel itself, for declarations.</summary>
    public IChannel Channel => _channel;

    /// <summary>Whether it can publish still.</summary>
    public bool IsOpen => _channel.IsOpen;

    /// <summary>Completes when the channel is lost, with the reason.</summary>
    public Task<ShutdownEventArgs> Closed => _closed.Task;

    /// <summary>Opens one.</summary>
    /// <param name="connection">What it belongs to.</param>
    /// <param name="window">The most messages that may be without an answer; more wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ConfirmedChannel> OpenAsync(IConnection connection, int window, CancellationToken cancellationToken)
    {
        var options = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null);
        return new(await connection.CreateChannelAsync(options, cancellationToken).ConfigureAwait(false), window);
    }

    /// <summary>Publishes one message. Messages of one caller that does not wait keep their order.</summary>
    /// <param name="exchange">The exchange; empty for the default one.</param>
    /// <param name="routingKey">The routing key.</param>
    /// <param name="properties">The message's properties.</param>
    /// <param name="body">Must not change before the answer.</param>
    /// <param name="cancellationToken">Gives up while waiting for room in the window or for the answer; the message may arrive all the same.</param>
    public async Task<PublishOutcome> PublishAsync(
        string exchange, string routingKey, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var publishing = await BeginAsync(exchange, routingKey, properties, body, cancellationToken).ConfigureAwait(false);
        return await publishing.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The window is not disposed: publishes that are still waiting for their answer give their place back to it.
        await _channel.DisposeAsync().ConfigureAwait(false);
    }

    // Several may find room in the window at once and go on in different threads: without turns they would overtake one another.
    private async ValueTask<Task<PublishOutcome>> BeginAsync(
        string exchange, string routingKey, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        await _turn.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _window.WaitAsync(cancellationToken).ConfigureAwait(false);
            return PublishAndReleaseAsync(exchange, routingKey, properties, body);
        }
        finally
        {
            _turn.Leave();
        }
    }

    private async Task<PublishOutcome> PublishAndReleaseAsync(string exchange, string routingKey, BasicProperties properties, ReadOnlyMemory<byte> body)
    {
        try
        {
            // No token that can fire: cancelling a confirmed publish breaks the client's sequence numbers in 7.1.2.
            var publishing = _channel.BasicPublishAsync(exchange, routingKey, mandatory: true, properties, body, CancellationToken.None).AsTask();
            if (!publishing.IsCompleted && await Task.WhenAny(publishing, _closed.Task).ConfigureAwait(false) == _closed.Task)
            {
                return Lost(await _closed.Task.ConfigureAwait(false));
            }

            await publishing.ConfigureAwait(false);
            return PublishOutcome.Confirmed.Instance;
        }
        catch (PublishException fault)
        {
            return fault.IsReturn ? PublishOutcome.Unroutable.Instance : PublishOutcome.Refused.Instance;
        }
        catch (OperationInterruptedException fault)
        {
            return fault.ShutdownReason is { } reason ? Lost(reason) : new PublishOutcome.Unknown(fault.Message, null);
        }
        catch (Exception fault) when (RabbitConnector.IsOfTheConnection(fault) || fault is OperationCanceledException or System.Threading.Channels.ChannelClosedException)
        {
            return _closed.Task.IsCompletedSuccessfully ? Lost(await _closed.Task.ConfigureAwait(false)) : new PublishOutcome.Unknown(fault.Message, null);
        }
        finally
        {
            _window.Release();
        }
    }

    private static PublishOutcome.Unknown Lost(ShutdownEventArgs reason) =>
        new(reason.ReplyText, reason.Initiator == ShutdownInitiator.Peer ? reason.ReplyCode : null);
}
