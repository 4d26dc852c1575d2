using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Sluice.Instruments.Events;

namespace Sluice.Instruments.Tests;

/// <summary>Fires every hook once, in the order of the specification's table, with data that is easy to recognise.</summary>
internal static class EveryHook
{
    private static readonly DateTimeOffset Start = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static readonly Named Queue = new("orders", "queue");
    public static readonly Named Socket = new("127.0.0.1:40000 to 127.0.0.1:5432", "tcp");
    public static readonly Named Listener = new("127.0.0.1:80", "listener");
    public static readonly Named Actor = new("/user/worker", "Worker", new Named("/user"));
    public static readonly Named Tube = new("etl", "tube");
    public static readonly Named Node = new("double", "node", Tube);

    public static void Fire(TubeInstrument to)
    {
        FireQueuesAndSockets(to);
        FireTasks(to);
        FireTubes(to);
    }

    private static void FireQueuesAndSockets(TubeInstrument to)
    {
        var item = 42;
        var address = new IPEndPoint(IPAddress.Loopback, 5432);
        to.OnQueuePut(new(Queue, ItemView.Of(in item), immediate: true));
        to.OnQueueGet(new(Queue, ItemView.Of(in item), immediate: false, TimeSpan.FromSeconds(2)));
        to.OnSocketConnectStart(new(Socket, new DnsEndPoint("db", 5432), Start));
        to.OnSocketConnectReady(new(Socket, address, new IPEndPoint(IPAddress.Loopback, 40000), Start, Start.AddTicks(12_000)));
        to.OnSocketAcceptStart(new(Listener, Actor, Start));
        to.OnSocketAcceptReady(new(Listener, null, Socket, address, Start, Start.AddSeconds(1)));
        to.OnSocketSendStart(new(Socket, Start, TimeSpan.Zero));
        to.OnSocketSendReady(new(Socket, Start, TimeSpan.FromSeconds(1)));
        to.OnSocketSendData(new(Socket, "hello\r\n\0"u8, 5));
        to.OnSocketRecvStart(new(Socket, Start, TimeSpan.Zero));
        to.OnSocketRecvReady(new(Socket, Start, TimeSpan.FromSeconds(1)));
        to.OnSocketRecvData(new(Socket, "world"u8, 5));
        to.OnTlsHandshakeComplete(new(
            Socket, TlsCipherSuite.TLS_AES_256_GCM_SHA384, SslProtocols.Tls13, "db", IsServer: false, Start, Start.AddTicks(101_000)));
        to.OnSocketClose(new(Socket, new IOException("reset")));
    }

    private static void FireTasks(TubeInstrument to)
    {
        var fault = new InvalidOperationException("bad row");
        to.OnMailboxRun(new(Actor, 5, 3, 2));
        to.OnMessageSample(new(Actor, "tick", TaskNext.Waits, TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.2), 4));
        to.OnTaskBeforeSend(new(Actor, "tick"));
        to.OnTaskAfterSend(new(Actor, "tick", TaskNext.Waits, TimeSpan.FromSeconds(0.5)));
        to.OnTaskBeforeThrow(new(Actor, fault, "tick", TaskNext.Undecided));
        to.OnTaskAfterThrow(new(Actor, fault, "tick", TaskNext.Restarted));
        to.OnTaskCompleted(new(Actor, 7, null));
        to.OnTaskError(new(Actor, null, fault));
        to.OnTaskCancelled(new(Actor, null, null));
    }

    private static void FireTubes(TubeInstrument to)
    {
        var epochNumber = 3;
        var value = 42;
        var epoch = ItemView.Of(in epochNumber);
        var fault = new InvalidOperationException("bad row");
        to.OnRunStart(new(Tube));
        to.OnNodeRegistered(new(Tube, Node));
        to.OnEpochStart(new(Tube, epoch));
        to.OnNodeReady(new(Tube, Node, epoch));
        to.OnNodeStart(new(Tube, Node, epoch));
        to.OnNodeEmitted(new(Tube, Node, epoch, "value", ItemView.Of(in value)));
        to.OnNodeNoEvent(new(Tube, Node, epoch, "rest"));
        to.OnNodeError(new(Tube, Node, epoch, fault));
        to.OnNodeFinish(new(Tube, Node, epoch, fault, TimeSpan.FromSeconds(0.25)));
        to.OnNodeCalls(new(Tube, [Node], [3], 3));
        to.OnNodeEnabled(new(Tube, Node));
        to.OnNodeDisabled(new(Tube, Node));
        to.OnNodeStalled(new(Tube, Node, epoch, "left"));
        to.OnAssetMade(new(Tube, "pool", "runner", null));
        to.OnAssetReleased(new(Tube, "pool", "runner", null));
        to.OnEpochEnd(new(Tube, epoch, null, TimeSpan.FromSeconds(1)));
        to.OnRunEnd(new(Tube, null, TimeSpan.FromSeconds(9)));
    }
}
