using System.Net.Sockets;

namespace Sluice.Instruments.Sockets;

/// <summary>
/// A socket that is asked what it takes at once and told when to wait: so it is known how many bytes the kernel took and
/// whether a send or receive had to wait.
/// </summary>
internal sealed class NonBlockingSocket
{
    private readonly NetworkStream _stream;
    private readonly Socket _socket;

    public NonBlockingSocket(NetworkStream stream)
    {
        _stream = stream;
        _socket = stream.Socket;
        _socket.Blocking = false;
    }

    public bool CanReceive => _socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Sends what the kernel takes at once; 0 if its buffer is full.</summary>
    public int SendAtOnce(ReadOnlySpan<byte> data)
    {
        var count = _socket.Send(data, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success => count,
            SocketError.WouldBlock => 0,
            _ => throw Failed("write data to", error),
        };
    }

    /// <summary>Sends some, waiting until the kernel takes it.</summary>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        try
        {
            return await _socket.SendAsync(data, SocketFlags.None, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException fault)
        {
            throw Failed("write data to", fault.SocketErrorCode);
        }
    }

    public void WaitToSend() => Wait(SelectMode.SelectWrite, _stream.WriteTimeout, "write data to");

    public void WaitToReceive() => Wait(SelectMode.SelectRead, _stream.ReadTimeout, "read data from");

    private static IOException Failed(string operation, SocketError error)
    {
        var cause = new SocketException((int)error);
        return new IOException($"Unable to {operation} the connection: {cause.Message}.", cause);
    }

    private void Wait(SelectMode mode, int timeoutMilliseconds, string operation)
    {
        var timeout = timeoutMilliseconds <= 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(timeoutMilliseconds);
        if (!_socket.Poll(timeout, mode))
        {
            throw Failed(operation, SocketError.TimedOut);
        }
    }
}
