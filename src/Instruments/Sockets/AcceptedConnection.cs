using System.Net;

namespace Sluice.Instruments.Sockets;

/// <summary>A connection that somebody made to us.</summary>
/// <param name="Stream">The connection; yours to dispose.</param>
/// <param name="RemoteEndPoint">The other end's address.</param>
public readonly record struct AcceptedConnection(Stream Stream, EndPoint? RemoteEndPoint);
