using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Sluice.Rabbit.Rig;

/// <summary>A road between a client and a server on this machine that can be cut, reset, slowed down and healed.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly int _target;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Socket, byte> _sockets = new();
    private readonly Gate _toServer = new();
    private readonly Gate _toClient = new();
    private readonly Task _accepting;
    private volatile bool _refuses;

    /// <summary>Opens a road to a port of 127.0.0.1.</summary>
    public TcpProxy(int target)
    {
        _target = target;
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Where the road begins.</summary>
    public int Port { get; }

    /// <summary>How long everything takes, each way; applies to what is sent from now on.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Holds up everything on one way or both, as a cable that was pulled does: nobody is told.</summary>
    public void Cut(bool toServer = true, bool toClient = true)
    {
        if (toServer)
        {
            _toServer.Close();
        }
        if (toClient)
        {
            _toClient.Close();
        }
    }

    /// <summary>Opens both ways again, and lets in whoever comes.</summary>
    public void Heal()
    {
        _refuses = false;
        _toServer.Open();
        _toClient.Open();
    }

    /// <summary>Resets all connections.</summary>
    /// <param name="andRefuse">Whether new ones are reset too, until <see cref="Heal"/>.</param>
    public void Reset(bool andRefuse = false)
    {
        _refuses = andRefuse;
        foreach (var socket in _sockets.Keys)
        {
            Abort(socket);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        Reset(andRefuse: true);
        Heal();
        await _accepting;
        _end.Dispose();
    }

    private static void Abort(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception fault) when (fault is ObjectDisposedException or SocketException)
        {
            // Closed already, by this side or by the other.
        }

        socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_end.Token)));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        _sockets[client] = _sockets[server] = 0;
        try
        {
            if (_refuses)
            {
                return;
            }

            await server.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
            await Task.WhenAny(PumpAsync(client, server, _toServer), PumpAsync(server, client, _toClient));
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The server is not there, or the connection was reset meanwhile: the client sees it closed.
        }
        finally
        {
            _sockets.TryRemove(client, out _);
            _sockets.TryRemove(server, out _);
            Abort(client);
            Abort(server);
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Gate gate)
    {
        var road = Channel.CreateBounded<(byte[] Bytes, long Due)>(256);
        var writing = WriteAsync(road.Reader, to, gate);
        try
        {
            var buffer = new byte[32 * 1024];
            while (!writing.IsCompleted && await from.ReceiveAsync(buffer, _end.Token) is var count and > 0)
            {
                await road.Writer.WriteAsync((buffer.AsSpan(0, count).ToArray(), Environment.TickCount64 + (long)Delay.TotalMilliseconds), _end.Token);
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The end of the connection, which the other side is told of when all before it has arrived.
        }

        road.Writer.Complete();
        await writing;
    }

    private async Task WriteAsync(ChannelReader<(byte[] Bytes, long Due)> road, Socket to, Gate gate)
    {
        try
        {
            await foreach (var (bytes, due) in road.ReadAllAsync(_end.Token))
            {
                if (due - Environment.TickCount64 is var left and > 0)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(left), TimeProvider.System, _end.Token);
                }

                await gate.PassAsync(_end.Token);
                await to.SendAsync(bytes, _end.Token);
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // As above.
        }
    }

    private sealed class Gate
    {
        private volatile TaskCompletionSource _open = Opened();

        public void Close()
        {
            if (_open.Task.IsCompleted)
            {
                _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public void Open() => _open.TrySetResult();

        public Task PassAsync(CancellationToken cancellationToken) => _open.Task.WaitAsync(cancellationToken);

        private static TaskCompletionSource Opened()
        {
            var opened = new TaskCompletionSource();
            opened.SetResult();
            return opened;
        }
    }
}
