using System.Net;
using System.Net.Security;
using System.Security.Authentication;

namespace Sluice.Instruments.Events;

/// <summary>A connect begins.</summary>
/// <param name="Socket">The connection to be.</param>
/// <param name="Target">The address as it was asked for, before names are resolved.</param>
/// <param name="StartedAt">When it began.</param>
public readonly record struct ConnectStarted(IInstrumented Socket, EndPoint Target, DateTimeOffset StartedAt);

/// <summary>A connection is established.</summary>
/// <param name="Socket">The connection.</param>
/// <param name="Target">The address as it was asked for.</param>
/// <param name="LocalEndPoint">This end's address.</param>
/// <param name="StartedAt">When the connect began.</param>
/// <param name="FinishedAt">When it was established.</param>
public readonly record struct Connected(
    IInstrumented Socket, EndPoint Target, EndPoint? LocalEndPoint, DateTimeOffset StartedAt, DateTimeOffset FinishedAt);

/// <summary>A task starts waiting for a connection.</summary>
/// <param name="Listener">The listening socket.</param>
/// <param name="Task">The task that waits, if it is known.</param>
/// <param name="StartedAt">When it began to wait.</param>
public readonly record struct AcceptStarted(IInstrumented Listener, IInstrumented? Task, DateTimeOffset StartedAt);

/// <summary>A connection was accepted.</summary>
/// <param name="Listener">The listening socket.</param>
/// <param name="Task">The task that waited, if it is known.</param>
/// <param name="Socket">The new connection.</param>
/// <param name="RemoteEndPoint">The other end's address.</param>
/// <param name="StartedAt">When the wait began.</param>
/// <param name="FinishedAt">When the connection came.</param>
public readonly record struct Accepted(
    IInstrumented Listener, IInstrumented? Task, IInstrumented Socket, EndPoint? RemoteEndPoint, DateTimeOffset StartedAt, DateTimeOffset FinishedAt);

/// <summary>A send or receive has to wait, or waited and can go on.</summary>
/// <param name="Socket">The connection.</param>
/// <param name="StartedAt">When the wait began.</param>
/// <param name="Waited">How long it waited; zero at the start of the wait.</param>
public readonly record struct SocketWait(IInstrumented Socket, DateTimeOffset StartedAt, TimeSpan Waited);

/// <summary>Bytes went to the kernel or came from it. The data may be looked at only during the hook.</summary>
/// <param name="socket">The connection.</param>
/// <param name="data">What was offered to be sent, or what was read.</param>
/// <param name="count">How many bytes of a send's data were taken: may be fewer than were offered. For a receive, all.</param>
public readonly ref struct SocketBytes(IInstrumented socket, ReadOnlySpan<byte> data, int count)
{
    /// <summary>The connection.</summary>
    public IInstrumented Socket { get; } = socket;

    /// <summary>What was offered to be sent, or what was read.</summary>
    public ReadOnlySpan<byte> Data { get; } = data;

    /// <summary>How many bytes of <see cref="Data"/> were taken, from its start.</summary>
    public int Count { get; } = count;
}

/// <summary>A TLS handshake succeeded.</summary>
/// <param name="Socket">The connection.</param>
/// <param name="Cipher">The cipher suite agreed on.</param>
/// <param name="Version">The protocol version agreed on.</param>
/// <param name="ServerName">The name the client asked for; empty if it sent none.</param>
/// <param name="IsServer">Whether this end is the server.</param>
/// <param name="StartedAt">When the handshake began.</param>
/// <param name="FinishedAt">When it was complete.</param>
public readonly record struct TlsHandshake(
    IInstrumented Socket,
    TlsCipherSuite Cipher,
    SslProtocols Version,
    string ServerName,
    bool IsServer,
    DateTimeOffset StartedAt,
    DateTimeOffset FinishedAt);

/// <summary>A socket is closed, or a connect or handshake failed and left nothing open.</summary>
/// <param name="Socket">The connection or listener.</param>
/// <param name="Fault">Why, if it was not asked for.</param>
public readonly record struct SocketClosed(IInstrumented Socket, Exception? Fault);
