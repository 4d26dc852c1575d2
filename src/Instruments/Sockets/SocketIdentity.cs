using System.Net;
using Sluice.Instruments.Printing;

namespace Sluice.Instruments.Sockets;

/// <summary>A connection as instruments know it, also after it is closed.</summary>
public sealed class SocketIdentity : IInstrumented
{
    /// <summary>A connection that is about to be made to <paramref name="target"/>.</summary>
    public SocketIdentity(EndPoint target) => RemoteEndPoint = target;

    /// <summary>This end's address, once connected.</summary>
    public EndPoint? LocalEndPoint { get; internal set; }

    /// <summary>The other end's address: as it was asked for, until connected.</summary>
    public EndPoint? RemoteEndPoint { get; internal set; }

    /// <inheritdoc/>
    public string Name => LocalEndPoint is null ? Address.Of(RemoteEndPoint) : $"{Address.Of(LocalEndPoint)} to {Address.Of(RemoteEndPoint)}";

    /// <inheritdoc/>
    public string Kind => "tcp";
}
