using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Sluice.Cluster.Transport;
using Sluice.Rabbit;

namespace Sluice.Cluster.RabbitMq;

/// <summary>
/// A member's claim on a durable queue. A broker does not say who the single active consumer is: a claim knows that it is the one when something arrives,
/// and so that something does, it puts a probe into the queue, which nobody but the active one ever sees.
/// </summary>
internal sealed class Claim(string queue, int prefetch, IQueueReceiver receiver, Names names, BasicProperties probe, Action<Claim> released) : IQueueConsumption
{
    private readonly Turn _calls = new();
    private readonly Turn _starting = new();

    // Under _calls.
    private volatile Stint? _stint;
    private bool _isReleased;
    private ulong _handedOut;

    public string Queue => queue;

    /// <summary>Begins to wait for its turn at a new session; of no effect if it does already.</summary>
    public async Task StartAsync(Session session, CancellationToken cancellationToken)
    {
        await _starting.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_stint?.Session != session)
            {
                await StartNowAsync(session, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _starting.Leave();
        }
    }

    /// <summary>Asks again whether it is its turn, if it is not known to be.</summary>
    public async Task AskAsync(Session session)
    {
        if (_stint is { IsActive: false } stint && stint.Session == session)
        {
            await ProbeAsync(session, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>The session is lost, and the turn with it.</summary>
    public async Task SuspendAsync(string reason)
    {
        await _calls.EnterAsync().ConfigureAwait(false);
        try
        {
            End_NeedsTurn(reason);
        }
        finally
        {
            _calls.Leave();
        }
    }

    public async ValueTask AckAsync(ulong tag)
    {
        if (_stint is not { IsActive: true } stint || tag <= stint.Before)
        {
            return;
        }

        try
        {
            await stint.Channel.BasicAckAsync(tag - stint.Before, multiple: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception fault) when (RabbitConnector.IsOfTheConnection(fault))
        {
            // The connection went meanwhile: the message comes again to whoever is active next.
        }
    }

    public async Task ReleaseAsync()
    {
        Stint? stint;
        await _calls.EnterAsync().ConfigureAwait(false);
        try
        {
            if (_isReleased)
            {
                return;
            }

            _isReleased = true;
            stint = _stint;
            End_NeedsTurn("the claim was released");
        }
        finally
        {
            _calls.Leave();
        }

        released(this);
        if (stint is null)
        {
            return;
        }

        try
        {
            // Closing the channel gives back what was not acknowledged in the same step; cancelling first would let the next one in before it.
            await stint.Channel.CloseAsync().ConfigureAwait(false);
            await stint.Channel.DisposeAsync().ConfigureAwait(false);
            await ProbeAsync(stint.Session, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception fault) when (RabbitConnector.IsOfTheConnection(fault))
        {
            // The connection went meanwhile, and the claim with it.
        }
    }

    private async Task StartNowAsync(Session session, CancellationToken cancellationToken)
    {
        await session.DeclareAsync(queue, cancellationToken).ConfigureAwait(false);
        var channel = await session.OpenChannelAsync(cancellationToken).ConfigureAwait(false);
        Stint stint;
        await _calls.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isReleased)
            {
                await channel.DisposeAsync().ConfigureAwait(false);
                return;
            }

            _stint = stint = new Stint(session, channel, _handedOut);
        }
        finally
        {
            _calls.Leave();
        }

        await channel.BasicQosAsync(0, (ushort)Math.Min(prefetch, ushort.MaxValue), global: false, cancellationToken).ConfigureAwait(false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) => ReceiveAsync(stint, message);
        consumer.UnregisteredAsync += (_, _) =>
        {
            // The client says so also when the channel was closed by a release, which is nothing to lose a connection for.
            if (_stint == stint)
            {
                session.Fail($"the broker cancelled the consumer of {names.Queue(queue)}");
            }

            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(names.Queue(queue), autoAck: false, consumer, cancellationToken).ConfigureAwait(false);
        await ProbeAsync(session, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<bool> ProbeAsync(Session session, CancellationToken cancellationToken) =>
        session.SendAsync("", names.Queue(queue), probe, ReadOnlyMemory<byte>.Empty, cancellationToken);

    private async Task ReceiveAsync(Stint stint, BasicDeliverEventArgs message)
    {
        if (!stint.IsActive && !await ActivateAsync(stint).ConfigureAwait(false))
        {
            return;
        }

        if (message.BasicProperties.Type == Control.Probe)
        {
            await stint.Channel.BasicAckAsync(message.DeliveryTag, multiple: false).ConfigureAwait(false);
            return;
        }

        await _calls.EnterAsync().ConfigureAwait(false);
        try
        {
            if (_stint == stint)
            {
                _handedOut = stint.Before + message.DeliveryTag;
                receiver.Delivered(_handedOut, message.Redelivered, message.Body.Span);
            }
        }
        finally
        {
            _calls.Leave();
        }
    }

    private async Task<bool> ActivateAsync(Stint stint)
    {
        if (await DrawAsync(stint.Session).ConfigureAwait(false) is not { } token)
        {
            return false;
        }

        await _calls.EnterAsync().ConfigureAwait(false);
        try
        {
            if (_stint != stint)
            {
                return false;
            }

            stint.IsActive = true;
            receiver.Activated(token);
            return true;
        }
        finally
        {
            _calls.Leave();
        }
    }

    // After a restart of the broker the stream may be there later than the queue.
    private static async Task<long?> DrawAsync(Session session)
    {
        while (!session.Lost.IsCompleted)
        {
            try
            {
                return await session.DrawTicketAsync().ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is OperationCanceledException || RabbitConnector.IsOfTheConnection(fault))
            {
                await Task.WhenAny(session.Lost, Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None)).ConfigureAwait(false);
            }
        }

        return null;
    }

    private void End_NeedsTurn(string reason)
    {
        if (_stint is { IsActive: true })
        {
            receiver.Deactivated(reason);
        }

        _stint = null;
    }

    /// <summary>The claim's time at one session.</summary>
    private sealed class Stint(Session session, IChannel channel, ulong before)
    {
        private volatile bool _isActive;

        public Session Session => session;

        public IChannel Channel => channel;

        /// <summary>The greatest tag of earlier stints, added to the channel's own tags so that no two are alike.</summary>
        public ulong Before => before;

        public bool IsActive
        {
            get => _isActive;
            set => _isActive = value;
        }
    }
}
