using System.Net;
using Sluice.Instruments.Sockets;

namespace Sluice.Instruments.Tests.Sockets;

/// <summary>Both ends of a real connection over loopback.</summary>
internal sealed class TcpPair : IAsyncDisposable
{
    private TcpPair(ObservedListener listener, Stream client, Stream server)
    {
        Listener = listener;
        Client = client;
        Server = server;
    }

    public ObservedListener Listener { get; }

    public Stream Client { get; }

    public Stream Server { get; }

    public static async Task<TcpPair> Connect(CompositeInstrument? client, CompositeInstrument? server)
    {
        var listener = new ObservedConnections(server).Listen(new IPEndPoint(IPAddress.Loopback, 0));
        var accepting = listener.AcceptAsync();
        var stream = await new ObservedConnections(client).ConnectAsync(listener.EndPoint).Within();
        return new TcpPair(listener, stream, (await accepting.Within()).Stream);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        Listener.Dispose();
    }
}
