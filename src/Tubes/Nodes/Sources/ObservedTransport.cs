using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Sluice.Instruments.Sockets;

namespace Sluice.Tubes.Nodes.Sources;

/// <summary>
/// Gives Kestrel connections that instruments see: its own sockets have no place to look in from. TLS is done here too, before Kestrel, so that
/// both the bytes on the wire and the handshake are seen.
/// </summary>
internal sealed class ObservedTransport(ObservedConnections sockets, SourceTls tls) : IConnectionListenerFactory
{
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        try
        {
            return new(new Listener(sockets.Listen((IPEndPoint)endpoint)));
        }
        catch (SocketException fault)
        {
            throw new IOException(fault.Message, fault);
        }
    }

    /// <summary>In the connection's own turn: a client that is slow to shake hands keeps nobody waiting.</summary>
    public ConnectionDelegate SecureAsync(ConnectionDelegate next) => async connection =>
    {
        if (!tls.IsServer)
        {
            await next(connection).ConfigureAwait(false);
            return;
        }

        Stream secured;
        try
        {
            secured = await tls.ServerAsync(sockets, ((StreamDuplex)connection.Transport).Stream, connection.ConnectionClosed).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException or OperationCanceledException)
        {
            // Instruments were told, and the client knows: nothing was asked yet that could be answered.
            return;
        }

        connection.Transport = new StreamDuplex(secured);
        await next(connection).ConfigureAwait(false);
        await secured.DisposeAsync().ConfigureAwait(false);
    };

    private sealed class Listener(ObservedListener inner) : IConnectionListener
    {
        private readonly CancellationTokenSource _unbound = new();
        private long _accepted;

        public EndPoint EndPoint => inner.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _unbound.Token);
            while (true)
            {
                try
                {
                    var accepted = await inner.AcceptAsync(either.Token).ConfigureAwait(false);
                    return new StreamConnection(accepted.Stream, $"{++_accepted}") { LocalEndPoint = inner.EndPoint, RemoteEndPoint = accepted.RemoteEndPoint };
                }
                catch (SocketException) when (!_unbound.IsCancellationRequested)
                {
                    // It was gone before it was accepted.
                }
                catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException or SocketException)
                {
                    return null;
                }
            }
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            await _unbound.CancelAsync().ConfigureAwait(false);
            inner.Dispose();
        }

        public async ValueTask DisposeAsync()
        {
            await UnbindAsync().ConfigureAwait(false);
            _unbound.Dispose();
        }
    }

    private sealed class StreamDuplex(Stream stream) : IDuplexPipe
    {
        public Stream Stream => stream;

        public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));

        public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }

    private sealed class StreamConnection : DefaultConnectionContext
    {
        private readonly Stream _stream;

        public StreamConnection(Stream stream, string id)
            : base(id)
        {
            _stream = stream;
            Transport = new StreamDuplex(stream);
        }

        public override void Abort(ConnectionAbortedException abortReason)
        {
            _stream.Dispose();
            base.Abort(abortReason);
        }

        public override async ValueTask DisposeAsync()
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
            await base.DisposeAsync().ConfigureAwait(false);
        }
    }
}
