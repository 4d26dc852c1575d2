using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Sluice.Instruments.Events;
using Sluice.Instruments.Printing;

namespace Sluice.Instruments.Sockets;

/// <summary>Opens connections that instruments see. With nobody watching, the plain ones.</summary>
/// <param name="watchers">Who watches; null for nobody.</param>
/// <param name="clock">Times connects and handshakes; the system's if left out.</param>
public sealed class ObservedConnections(CompositeInstrument? watchers, TimeProvider? clock = null)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>Lets the instruments active here see the connections of an HTTP handler; does nothing when there are none.</summary>
    /// <remarks>
    /// TLS is then done here with the handler's <see cref="SocketsHttpHandler.SslOptions"/>, except through a proxy, where the
    /// handler does it unseen.
    /// </remarks>
    /// <returns>The same handler.</returns>
    public static SocketsHttpHandler Observe(SocketsHttpHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (InstrumentScope.Active is { } watchers)
        {
            handler.ConnectCallback = new ObservedConnections(watchers).ConnectCallback(handler.SslOptions);
        }

        return handler;
    }

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <param name="tls">The options of the handler's TLS connections.</param>
    public Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> ConnectCallback(SslClientAuthenticationOptions tls) =>
        async (context, cancellationToken) =>
        {
            var stream = await ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return HttpTls.OptionsFor(context, tls) is { } options
                ? await SecureAsync(stream, options, cancellationToken).ConfigureAwait(false)
                : stream;
        };

    /// <summary>Connects over TCP.</summary>
    /// <exception cref="SocketException">Nobody answers there; nothing is left open.</exception>
    public async ValueTask<Stream> ConnectAsync(EndPoint target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        var socket = target is IPEndPoint
            ? new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.NoDelay = true;
        if (watchers is null)
        {
            await ConnectAsync(socket, target, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }

        var identity = new SocketIdentity(target);
        var startedAt = _clock.GetUtcNow();
        watchers.OnSocketConnectStart(new ConnectStarted(identity, target, startedAt));
        try
        {
            await ConnectAsync(socket, target, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            watchers.OnSocketClose(new SocketClosed(identity, fault));
            throw;
        }

        identity.LocalEndPoint = Address.Plain(socket.LocalEndPoint);
        identity.RemoteEndPoint = Address.Plain(socket.RemoteEndPoint);
        watchers.OnSocketConnectReady(new Connected(identity, target, identity.LocalEndPoint, startedAt, _clock.GetUtcNow()));
        return new ObservedStream(new NetworkStream(socket, ownsSocket: true), identity, watchers, _clock);
    }

    /// <summary>Makes a connection's client end secure.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">
    /// The handshake failed; <paramref name="stream"/> is closed.
    /// </exception>
    public ValueTask<SslStream> SecureAsync(
        Stream stream, SslClientAuthenticationOptions options, CancellationToken cancellationToken = default) =>
        SecureAsync(stream, tls => tls.AuthenticateAsClientAsync(options, cancellationToken));

    /// <summary>Makes a connection's server end secure.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">
    /// The handshake failed; <paramref name="stream"/> is closed.
    /// </exception>
    public ValueTask<SslStream> SecureAsync(
        Stream stream, SslServerAuthenticationOptions options, CancellationToken cancellationToken = default) =>
        SecureAsync(stream, tls => tls.AuthenticateAsServerAsync(options, cancellationToken));

    /// <summary>Listens on a TCP address.</summary>
    /// <param name="address">The address; port 0 takes a free one.</param>
    /// <param name="backlog">How many connections may wait to be accepted.</param>
    /// <exception cref="SocketException">The address is in use or not ours; nothing is left open.</exception>
    public ObservedListener Listen(IPEndPoint address, int backlog = 512) => new(address, backlog, watchers, _clock);

    private static async ValueTask ConnectAsync(Socket socket, EndPoint target, CancellationToken cancellationToken)
    {
        try
        {
            await socket.ConnectAsync(target, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async ValueTask<SslStream> SecureAsync(Stream stream, Func<SslStream, Task> authenticate)
    {
        var startedAt = watchers is null ? default : _clock.GetUtcNow();
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await authenticate(tls).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            (stream as ObservedStream)?.Blame(fault);
            await tls.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        watchers?.OnTlsHandshakeComplete(new TlsHandshake(
            (stream as ObservedStream)?.Socket ?? new SocketIdentity(new DnsEndPoint("unknown", 0)),
            tls.NegotiatedCipherSuite,
            tls.SslProtocol,
            tls.TargetHostName,
            tls.IsServer,
            startedAt,
            _clock.GetUtcNow()));
        return tls;
    }
}
