using System.Net.Sockets;
using Sluice.Instruments.Events;

namespace Sluice.Instruments.Sockets;

/// <summary>
/// A stream that tells instruments what is sent and received and what has to wait. Over a socket's stream it tells how many
/// bytes the kernel took each time; over another (TLS), that a write was done.
/// </summary>
/// <remarks>Reading and writing at once is fine, as with the stream inside; two reads or two writes at once are not.</remarks>
public sealed class ObservedStream : Stream
{
    private readonly Stream _inner;
    private readonly CompositeInstrument _watchers;
    private readonly ByteSender _sender;
    private readonly NonBlockingSocket? _socket;
    private readonly TimeProvider _clock;
    private Exception? _fault;
    private int _isClosed;

    /// <summary>Watches <paramref name="inner"/>, which is disposed with this stream.</summary>
    /// <param name="inner">The stream. A <see cref="NetworkStream"/>'s socket is made non-blocking and must not be used directly any more.</param>
    /// <param name="socket">What instruments take it for.</param>
    /// <param name="watchers">Who watches.</param>
    /// <param name="clock">Times the waits; the system's if left out.</param>
    public ObservedStream(Stream inner, IInstrumented socket, CompositeInstrument watchers, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(watchers);
        _inner = inner;
        _watchers = watchers;
        _clock = clock ?? TimeProvider.System;
        Socket = socket;
        _socket = inner is NetworkStream network ? new NonBlockingSocket(network) : null;
        _sender = new ByteSender(inner, _socket, socket, watchers, _clock);
    }

    /// <summary>What instruments take the stream for.</summary>
    public IInstrumented Socket { get; }

    /// <inheritdoc/>
    public override bool CanRead => _inner.CanRead;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => _inner.CanWrite;

    /// <inheritdoc/>
    public override bool CanTimeout => _inner.CanTimeout;

    /// <inheritdoc/>
    public override int ReadTimeout
    {
        get => _inner.ReadTimeout;
        set => _inner.ReadTimeout = value;
    }

    /// <inheritdoc/>
    public override int WriteTimeout
    {
        get => _inner.WriteTimeout;
        set => _inner.WriteTimeout = value;
    }

    /// <summary>Not supported: a connection has no length.</summary>
    public override long Length => throw new NotSupportedException("A connection has no length.");

    /// <summary>Not supported: a connection has no position.</summary>
    public override long Position
    {
        get => throw new NotSupportedException("A connection has no position.");
        set => throw new NotSupportedException("A connection has no position.");
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var reading = _inner.ReadAsync(buffer, cancellationToken);
        return reading.IsCompletedSuccessfully
            ? new ValueTask<int>(HasRead(buffer.Span, reading.GetAwaiter().GetResult()))
            : WaitToRead(reading, buffer);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_socket is { CanReceive: false })
        {
            var startedAt = _clock.GetUtcNow();
            _watchers.OnSocketRecvStart(new SocketWait(Socket, startedAt, TimeSpan.Zero));
            _socket.WaitToReceive();
            _watchers.OnSocketRecvReady(new SocketWait(Socket, startedAt, _clock.GetUtcNow() - startedAt));
        }

        try
        {
            return HasRead(buffer, _inner.Read(buffer));
        }
        catch (IOException fault)
        {
            Blame(fault);
            throw;
        }
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var writing = _sender.SendAsync(buffer, cancellationToken);
        return writing.IsCompletedSuccessfully ? writing : WaitToWrite(writing);
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _sender.Send(buffer);
        }
        catch (IOException fault)
        {
            Blame(fault);
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Flush() => _inner.Flush();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    /// <summary>Not supported: a connection has no position.</summary>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A connection has no position.");

    /// <summary>Not supported: a connection has no length.</summary>
    public override void SetLength(long value) => throw new NotSupportedException("A connection has no length.");

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Says what broke the connection: the first that did is told when it is closed.</summary>
    internal void Blame(Exception fault) => _fault ??= fault;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            HasClosed();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> WaitToRead(ValueTask<int> reading, Memory<byte> buffer)
    {
        try
        {
            if (reading.IsCompleted)
            {
                return await reading.ConfigureAwait(false);
            }

            var startedAt = _clock.GetUtcNow();
            _watchers.OnSocketRecvStart(new SocketWait(Socket, startedAt, TimeSpan.Zero));
            var count = await reading.ConfigureAwait(false);
            _watchers.OnSocketRecvReady(new SocketWait(Socket, startedAt, _clock.GetUtcNow() - startedAt));
            return HasRead(buffer.Span, count);
        }
        catch (IOException fault)
        {
            Blame(fault);
            throw;
        }
    }

    private async ValueTask WaitToWrite(ValueTask writing)
    {
        try
        {
            await writing.ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            Blame(fault);
            throw;
        }
    }

    // A read into an empty buffer only waits for data: it says nothing about bytes.
    private int HasRead(ReadOnlySpan<byte> buffer, int count)
    {
        if (!buffer.IsEmpty)
        {
            _watchers.OnSocketRecvData(new SocketBytes(Socket, buffer[..count], count));
        }

        return count;
    }

    private void HasClosed()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            _watchers.OnSocketClose(new SocketClosed(Socket, _fault));
        }
    }
}
