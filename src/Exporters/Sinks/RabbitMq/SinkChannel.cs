using RabbitMQ.Client;
using Sluice.Rabbit;

namespace Sluice.Exporters.Sinks.RabbitMq;

/// <summary>A connection of a sink's, with the one channel that it publishes on.</summary>
internal sealed class SinkChannel : IAsyncDisposable
{
    private readonly IConnection _connection;
    private volatile string? _blocked;

    private SinkChannel(IConnection connection, ConfirmedChannel publisher)
    {
        _connection = connection;
        Publisher = publisher;
        connection.ConnectionBlockedAsync += (_, blocked) =>
        {
            _blocked = blocked.Reason;
            return Task.CompletedTask;
        };
        connection.ConnectionUnblockedAsync += (_, _) =>
        {
            _blocked = null;
            return Task.CompletedTask;
        };
    }

    public ConfirmedChannel Publisher { get; }

    public bool IsOpen => _connection.IsOpen && Publisher.IsOpen;

    /// <summary>Whether the broker takes nothing for now.</summary>
    public bool IsBlocked => _blocked is not null;

    public string? BlockedReason => _blocked;

    public static async Task<SinkChannel> OpenAsync(RabbitConnector connector, string name, int window, CancellationToken cancellationToken)
    {
        var connection = await connector.ConnectAsync(name, cancellationToken).ConfigureAwait(false);
        try
        {
            return new(connection, await ConfirmedChannel.OpenAsync(connection, window, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A broker that blocks or is frozen would not answer a goodbye.
        await _connection.AbortAsync(200, "closed", TimeSpan.FromSeconds(1)).ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }
}
