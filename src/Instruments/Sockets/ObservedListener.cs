using System.Net;
using System.Net.Sockets;
using Sluice.Instruments.Events;
using Sluice.Instruments.Printing;
using Sluice.Instruments.Tasks;

namespace Sluice.Instruments.Sockets;

/// <summary>Listens for TCP connections that instruments see. With nobody watching it gives plain ones.</summary>
public sealed class ObservedListener : IInstrumented, IDisposable
{
    private readonly Socket _socket;
    private readonly CompositeInstrument? _watchers;
    private readonly TimeProvider _clock;
    private int _isClosed;

    internal ObservedListener(IPEndPoint address, int backlog, CompositeInstrument? watchers, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(address);
        _watchers = watchers;
        _clock = clock;
        _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(address);
            _socket.Listen(backlog);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
    }

    /// <summary>The address it listens on, with the port that was taken.</summary>
    public IPEndPoint EndPoint { get; }

    /// <inheritdoc/>
    public string Name => Address.Of(EndPoint);

    /// <inheritdoc/>
    public string Kind => "listener";

    /// <summary>Waits for a connection.</summary>
    /// <exception cref="ObjectDisposedException">The listener was closed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the connection, if one came, waits for the next accept.</exception>
    public async ValueTask<AcceptedConnection> AcceptAsync(CancellationToken cancellationToken = default)
    {
        if (_watchers is null)
        {
            var plain = await AcceptSocketAsync(cancellationToken).ConfigureAwait(false);
            return new AcceptedConnection(new NetworkStream(plain, ownsSocket: true), plain.RemoteEndPoint);
        }

        var task = ObservedTask.Current;
        var startedAt = _clock.GetUtcNow();
        _watchers.OnSocketAcceptStart(new AcceptStarted(this, task, startedAt));
        var socket = await AcceptSocketAsync(cancellationToken).ConfigureAwait(false);
        var identity = new SocketIdentity(socket.RemoteEndPoint ?? EndPoint) { LocalEndPoint = socket.LocalEndPoint };
        _watchers.OnSocketAcceptReady(new Accepted(this, task, identity, socket.RemoteEndPoint, startedAt, _clock.GetUtcNow()));
        return new AcceptedConnection(
            new ObservedStream(new NetworkStream(socket, ownsSocket: true), identity, _watchers, _clock), socket.RemoteEndPoint);
    }

    /// <summary>Stops listening; accepted connections go on.</summary>
    public void Dispose()
    {
        _socket.Dispose();
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            _watchers?.OnSocketClose(new SocketClosed(this, null));
        }
    }

    private async ValueTask<Socket> AcceptSocketAsync(CancellationToken cancellationToken)
    {
        var socket = await _socket.AcceptAsync(cancellationToken).ConfigureAwait(false);
        socket.NoDelay = true;
        return socket;
    }
}
