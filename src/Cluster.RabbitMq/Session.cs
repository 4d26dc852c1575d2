using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using Sluice.Cluster.Transport;
using Sluice.Rabbit;

namespace Sluice.Cluster.RabbitMq;

/// <summary>
/// One stay at the broker: a connection to receive on and one to send on (a broker short of memory stops reading from those that send), which live and
/// die together.
/// </summary>
internal sealed class Session : IAsyncDisposable
{
    private static readonly TimeSpan Parting = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TicketPatience = TimeSpan.FromSeconds(5);
    private readonly IConnection _receiving;
    private readonly IConnection _sending;
    private readonly Names _names;
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _lostToken = new();
    private Administration _administration = null!;
    private IChannel _inbox = null!;
    private IChannel _frames = null!;
    private DurableChannel _durable = null!;
    private Tickets? _tickets;
    private volatile bool _isBlocked;

    private Session(IConnection receiving, IConnection sending, Names names)
    {
        _receiving = receiving;
        _sending = sending;
        _names = names;
        receiving.ConnectionShutdownAsync += LostAsync;
        sending.ConnectionShutdownAsync += LostAsync;
    }

    /// <summary>Completes when the session is of no use any more, with the reason.</summary>
    public Task<string> Lost => _lost.Task;

    /// <summary>Whether the broker takes nothing for now.</summary>
    public bool IsBlocked => _isBlocked;

    /// <summary>Connects, takes the member's queue and begins to receive. Nobody has been told yet.</summary>
    /// <exception cref="RabbitUnreachableException">No node of the broker lets this program in.</exception>
    /// <exception cref="TransportException">The broker lacks what a cluster needs.</exception>
    public static async Task<Session> OpenAsync(
        RabbitConnector connector, RabbitMqTransportSettings settings, Names names, MemberId self, SessionEvents events, Action<Session> attend, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var receiving = await connector.ConnectAsync($"sluice {self} receives", cancellationToken).ConfigureAwait(false);
        Session? session = null;
        try
        {
            session = new Session(receiving, await connector.ConnectAsync($"sluice {self} sends", receiving, cancellationToken).ConfigureAwait(false), names);
            attend(session);
            await session.PrepareAsync(settings, self, events, time, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch (Exception)
        {
            session?.Fail("not opened");
            await AbortAsync(session?._sending).ConfigureAwait(false);
            await AbortAsync(receiving).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Gives the session up, as if the connection had broken.</summary>
    public void Fail(string reason)
    {
        if (_lost.TrySetResult(reason))
        {
            _lostToken.Cancel();
        }
    }

    /// <summary>Takes a member's name.</summary>
    /// <returns>Whether it was free.</returns>
    public async Task<bool> TryTakeNameAsync(string name, CancellationToken cancellationToken)
    {
        var channel = await _receiving.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        try
        {
            await channel.QueueDeclareAsync(_names.Name(name), durable: false, exclusive: true, autoDelete: false, cancellationToken: cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationInterruptedException fault) when (fault.ShutdownReason?.ReplyCode == Constants.ResourceLocked)
        {
            return false;
        }
        finally
        {
            await channel.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>How many would answer a hello, this one among them.</summary>
    public Task<int> CountAsync(CancellationToken cancellationToken) => _administration.CountAsync(cancellationToken);

    /// <summary>Sends without a confirm.</summary>
    /// <returns>Whether it was taken; if not, it was not sent.</returns>
    public async ValueTask<bool> SendAsync(string exchange, string routingKey, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            await _frames.BasicPublishAsync(exchange, routingKey, mandatory: false, properties, body, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AlreadyClosedException fault)
        {
            Fail(fault.Message);
            return false;
        }
        catch (Exception fault) when (RabbitConnector.IsOfTheConnection(fault) || fault is System.Threading.Channels.ChannelClosedException)
        {
            // Part of it may be on its way: sent at most once, so not again.
            Fail(fault.Message);
            return true;
        }
    }

    /// <summary>Puts a message into a durable queue.</summary>
    public async Task<PublishOutcome> PublishAsync(string queue, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        await DeclareAsync(queue, cancellationToken).ConfigureAwait(false);
        var outcome = await _durable.PublishAsync(_names.Queue(queue), properties, body).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (outcome is PublishOutcome.Unroutable)
        {
            _administration.Forget(queue); // Somebody has deleted it.
        }

        if (outcome is PublishOutcome.Unknown lost)
        {
            Fail(lost.Reason);
        }

        return outcome;
    }

    /// <summary>Makes a durable queue if it is not there.</summary>
    public Task DeclareAsync(string queue, CancellationToken cancellationToken) => _administration.DeclareAsync(queue, cancellationToken);

    /// <summary>A channel for one claim.</summary>
    public Task<IChannel> OpenChannelAsync(CancellationToken cancellationToken) => _receiving.CreateChannelAsync(cancellationToken: cancellationToken);

    /// <summary>A number above all that were ever drawn in this cluster.</summary>
    /// <exception cref="OperationCanceledException">The session was lost, or the broker did not answer in time.</exception>
    public async Task<long> DrawTicketAsync()
    {
        // Asked for in a consumer's turn, which a connection that goes down waits for: it must end with the session.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_lostToken.Token);
        limit.CancelAfter(TicketPatience);
        var tickets = await TicketsAsync(limit.Token).ConfigureAwait(false);
        try
        {
            return await tickets.DrawAsync(_durable.Current, limit.Token).ConfigureAwait(false);
        }
        catch
        {
            Interlocked.CompareExchange(ref _tickets, null, tickets);
            throw;
        }
    }

    /// <summary>Closes politely: the broker has handled all that was sent.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await _sending.CloseAsync(Constants.ReplySuccess, "left", TimeSpan.FromSeconds(10), abort: false, cancellationToken).ConfigureAwait(false);
        await _receiving.CloseAsync(Constants.ReplySuccess, "left", TimeSpan.FromSeconds(10), abort: false, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        Fail("closed");
        await Task.WhenAll(AbortAsync(_sending), AbortAsync(_receiving)).ConfigureAwait(false);

        // The token's source is not disposed: whoever loses the session may be about to cancel it, and those that wait on it would wait for ever.
    }

    // A broker that is gone or frozen answers no goodbye.
    private static async Task AbortAsync(IConnection? connection)
    {
        if (connection is null)
        {
            return;
        }

        await connection.AbortAsync(Constants.ReplySuccess, "closed", Parting).ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<Tickets> TicketsAsync(CancellationToken cancellationToken) =>
        _tickets ??= await _administration.InTurnAsync(
            async _ => _tickets ?? await Tickets.OpenAsync(await OpenChannelAsync(cancellationToken).ConfigureAwait(false), _names.Tickets, cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);

    private Task BlockedAsync(SessionEvents events, bool isBlocked)
    {
        _isBlocked = isBlocked;
        events.Blocked(isBlocked);
        return Task.CompletedTask;
    }

    private Task LostAsync(object sender, ShutdownEventArgs reason)
    {
        Fail(reason.ReplyText);
        return Task.CompletedTask;
    }

    private async Task PrepareAsync(RabbitMqTransportSettings settings, MemberId self, SessionEvents events, TimeProvider time, CancellationToken cancellationToken)
    {
        _sending.ConnectionBlockedAsync += (_, _) => BlockedAsync(events, true);
        _sending.ConnectionUnblockedAsync += (_, _) => BlockedAsync(events, false);
        _administration = new Administration(await OpenChannelAsync(cancellationToken).ConfigureAwait(false), _names, _lostToken.Token);
        _frames = await _sending.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        _frames.ChannelShutdownAsync += LostAsync;
        _durable = await DurableChannel.OpenAsync(_sending, settings, () => _isBlocked, time, _lostToken.Token, cancellationToken).ConfigureAwait(false);
        await _administration.PrepareAsync(cancellationToken).ConfigureAwait(false);
        _inbox = await OpenChannelAsync(cancellationToken).ConfigureAwait(false);
        _inbox.ChannelShutdownAsync += LostAsync;
        var inbox = _names.Member(self);
        await _inbox.QueueDeclareAsync(inbox, durable: false, exclusive: true, autoDelete: false, cancellationToken: cancellationToken).ConfigureAwait(false);
        await _inbox.QueueBindAsync(inbox, _names.Members, "", cancellationToken: cancellationToken).ConfigureAwait(false);
        await BindEventsAsync(inbox, cancellationToken).ConfigureAwait(false);
        await new InboxReader(_inbox, settings.Prefetch, message => events.ReceiveAsync(this, message)).StartAsync(inbox, cancellationToken).ConfigureAwait(false);
        await _inbox.BasicConsumeAsync(_names.Roll, autoAck: true, new AsyncEventingBasicConsumer(_inbox), cancellationToken).ConfigureAwait(false);
    }

    private async Task BindEventsAsync(string inbox, CancellationToken cancellationToken)
    {
        try
        {
            await _inbox.QueueBindAsync(inbox, Names.Events, "queue.deleted", cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (OperationInterruptedException fault) when (fault.ShutdownReason?.ReplyCode is Constants.NotFound or Constants.AccessRefused)
        {
            throw new TransportException(
                $"The broker's events cannot be heard ({fault.ShutdownReason.ReplyText}): enable the plugin rabbitmq_event_exchange, set event_exchange.vhost to the cluster's virtual host, and let the user read {Names.Events}.",
                fault);
        }
    }
}
