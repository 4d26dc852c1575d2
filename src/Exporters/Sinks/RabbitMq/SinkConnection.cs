using Sluice.Rabbit;

namespace Sluice.Exporters.Sinks.RabbitMq;

/// <summary>Keeps one open channel for all calls of a sink, and makes a new one when that is lost.</summary>
internal sealed class SinkConnection(RabbitConnector connector, string name, int window) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1);
    private volatile SinkChannel? _current;

    /// <summary>The open channel, a new one if need be.</summary>
    /// <exception cref="RabbitUnreachableException">There is none to be had.</exception>
    public async ValueTask<SinkChannel> OpenAsync(CancellationToken cancellationToken)
    {
        if (_current is { IsOpen: true } open)
        {
            return open;
        }

        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_current is { IsOpen: true } meanwhile)
            {
                return meanwhile;
            }

            if (_current is { } lost)
            {
                _current = null;
                await lost.DisposeAsync().ConfigureAwait(false);
            }

            return _current = await SinkChannel.OpenAsync(connector, name, window, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_current is { } channel)
        {
            await channel.DisposeAsync().ConfigureAwait(false);
        }

        _opening.Dispose();
    }
}
