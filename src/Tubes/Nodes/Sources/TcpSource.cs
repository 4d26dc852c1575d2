using System.Net;
using System.Net.Sockets;
using Sluice.Instruments;
using Sluice.Instruments.Queues;
using Sluice.Instruments.Sockets;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;

namespace Sluice.Tubes.Nodes.Sources;

/// <summary>
/// The node <c>sluice.tcp</c>: one epoch per line of text that comes over TCP, from everybody who connects to us or from whom we connect to. Lines are
/// UTF-8 and end with a newline or with the connection. While the tube is behind, nothing is read, so that the other end has to wait.
/// </summary>
[NodeName("sluice.tcp")]
public sealed class TcpSource : IAsyncDisposable
{
    private const int Waiting = 1024;

    private readonly IPEndPoint? _listen;
    private readonly DnsEndPoint? _connect;
    private readonly SourceTls _tls;
    private readonly int _maxLine;
    private readonly TimeSpan? _reconnect;
    private CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _connections = [];
    private AsyncQueue<(string Line, string From)> _lines = null!;
    private ObservedConnections _sockets = null!;
    private ObservedListener? _listener;
    private TimeProvider _time = TimeProvider.System;
    private Exception? _fault;

    /// <summary>Either <paramref name="listen"/> or <paramref name="connect"/>.</summary>
    /// <param name="listen">Our address to listen on, such as <c>127.0.0.1:5514</c>; port 0 takes a free one.</param>
    /// <param name="connect">Whom to connect to, such as <c>feed.example.org:7000</c>.</param>
    /// <param name="reconnect">How long to wait before connecting again; without it the source ends with its connection.</param>
    /// <param name="tls">Whether to connect with TLS.</param>
    /// <param name="certificate">To listen with TLS: our certificate, a PEM file beside the tube.</param>
    /// <param name="key">Its private key, a PEM file; if left out, it is in the certificate's.</param>
    /// <param name="trust">To connect with TLS: whose certificates to trust, a PEM file; if left out, whom the machine trusts.</param>
    /// <param name="maxLine">Bytes; a longer line is handed on in pieces of this size.</param>
    /// <exception cref="ArgumentException">Not exactly one of the two addresses was given, or one makes no sense.</exception>
    public TcpSource(
        string? listen = null, string? connect = null, TimeSpan? reconnect = null, bool tls = false, string? certificate = null, string? key = null,
        string? trust = null, int maxLine = 65_536)
    {
        if (listen is null == connect is null)
        {
            throw new ArgumentException("sluice.tcp needs either `listen: address:port` or `connect: host:port`: give one of them.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(maxLine, 16);
        (_reconnect, _maxLine) = (reconnect, maxLine);
        _listen = listen is null ? null : OurAddress(listen);
        _connect = connect is null ? null : Target(connect);
        _tls = new SourceTls("sluice.tcp", tls, certificate, key, trust);
    }

    /// <summary>Listens, or connects.</summary>
    /// <exception cref="IOException">The address is taken or nobody answers there; nothing is left open.</exception>
    public async Task InitAsync(RunnerContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var watchers = InstrumentScope.Active ?? context.Watching?.Watchers;
        (_time, _fault) = (context.Time, null);
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        _tls.Load(context);
        _sockets = new ObservedConnections(watchers, _time);
        _lines = new AsyncQueue<(string, string)>(Waiting, "sluice.tcp") { Watchers = watchers, Clock = _time };
        if (_listen is { } address)
        {
            _listener = Listen(address);
            Follow(AcceptAsync(_listener));
        }
        else
        {
            var first = _reconnect is null ? await ConnectAsync(cancellationToken).ConfigureAwait(false) : null;
            Follow(StayConnectedAsync(first));
        }
    }

    /// <summary>The next line, and the address that it came from.</summary>
    public async ValueTask<(string Line, string From)> Process(CancellationToken cancellationToken)
    {
        try
        {
            return await _lines.GetAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (QueueClosedException)
        {
            throw _fault ?? new EndOfSourceException($"{_connect!.Host}:{_connect.Port} has closed the connection.");
        }
    }

    /// <summary>Closes all connections; lines that were not taken are lost.</summary>
    public async Task DeinitAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener?.Dispose();
        Task[] connections;
        lock (_gate)
        {
            connections = [.. _connections];
        }

        await Task.WhenAll(connections).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _stop.Dispose();
        return ValueTask.CompletedTask;
    }

    private static IPEndPoint OurAddress(string listen) =>
        listen.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(listen.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), out var address)
            ? address
            : throw new ArgumentException($"sluice.tcp: `listen: {listen}` is not address:port, such as `127.0.0.1:5514`.");

    private static DnsEndPoint Target(string connect)
    {
        var colon = connect.LastIndexOf(':');
        return colon > 0 && int.TryParse(connect.AsSpan(colon + 1), out var port) && port is > 0 and <= 65_535
            ? new DnsEndPoint(connect[..colon].Trim('[', ']'), port)
            : throw new ArgumentException($"sluice.tcp: `connect: {connect}` is not host:port, such as `feed.example.org:7000`.");
    }

    private ObservedListener Listen(IPEndPoint address)
    {
        try
        {
            return _sockets.Listen(address);
        }
        catch (SocketException fault)
        {
            throw new IOException($"sluice.tcp cannot listen on {address}: {fault.Message}. Choose another address, or stop the program that has it.", fault);
        }
    }

    private async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _tls.ClientAsync(_sockets, await _sockets.ConnectAsync(_connect!, cancellationToken).ConfigureAwait(false), _connect!.Host, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is SocketException or IOException or System.Security.Authentication.AuthenticationException)
        {
            throw new IOException($"sluice.tcp cannot connect to {_connect!.Host}:{_connect.Port}: {fault.Message.TrimEnd('.')}. Start what answers there, or give `reconnect`.", fault);
        }
    }

    private async Task AcceptAsync(ObservedListener listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var accepted = await listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                Follow(ReadAsync(accepted.Stream, $"{accepted.RemoteEndPoint}", isServer: true));
            }
            catch (SocketException)
            {
                // It was gone before it was accepted.
            }
            catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task StayConnectedAsync(Stream? first)
    {
        var from = $"{_connect!.Host}:{_connect.Port}";
        try
        {
            if (first is not null)
            {
                _fault = await ReadAsync(first, from, isServer: false).ConfigureAwait(false);
            }

            while (_reconnect is { } pause)
            {
                try
                {
                    await ReadAsync(await ConnectAsync(_stop.Token).ConfigureAwait(false), from, isServer: false).ConfigureAwait(false);
                }
                catch (IOException)
                {
                    // Nobody is there yet: that is what the pause is for.
                }

                await Task.Delay(pause, _time, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Deinit.
        }

        _lines.Close();
    }

    /// <summary>Hands the lines of a connection on until it ends; gives what broke it. One sender's broken connection is nobody else's failure.</summary>
    private async Task<Exception?> ReadAsync(Stream connection, string from, bool isServer)
    {
        var stream = connection;
        try
        {
            if (isServer)
            {
                stream = await _tls.ServerAsync(_sockets, connection, _stop.Token).ConfigureAwait(false);
            }

            await TextLines.ReadAsync(stream, _maxLine, line => _lines.PutAsync((line, from), _stop.Token), _stop.Token).ConfigureAwait(false);
            return null;
        }
        catch (Exception fault) when (fault is IOException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            return new IOException($"sluice.tcp lost its connection with {from}: {fault.Message}", fault);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            await stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Follow(Task connection)
    {
        lock (_gate)
        {
            _connections.RemoveWhere(other => other.IsCompleted);
            _connections.Add(connection);
        }
    }
}
