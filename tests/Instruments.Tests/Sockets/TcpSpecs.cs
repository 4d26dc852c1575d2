using System.Net;
using System.Net.Sockets;
using System.Text;
using Sluice.Instruments.Sockets;
using Sluice.Instruments.Tasks;

namespace Sluice.Instruments.Tests.Sockets;

/// <summary>Real connections over loopback.</summary>
public sealed class TcpSpecs
{
    [Fact]
    public async Task Instruments_1_OnSocketConnectStart_fires_when_a_connect_begins_and_OnSocketConnectReady_when_it_is_established()
    {
        var client = new SocketWatcher();

        await using var pair = await TcpPair.Connect(Only(client), null);

        client.Order.ShouldBe(["connect start", "connected"]);
        client.ConnectStart.Target.ShouldBe(pair.Listener.EndPoint);
        var connected = client.Connected;
        connected.Target.ShouldBe(pair.Listener.EndPoint);
        connected.Socket.ShouldBeSameAs(client.ConnectStart.Socket);
        connected.LocalEndPoint.ShouldBeOfType<IPEndPoint>().Port.ShouldBePositive();
        connected.StartedAt.ShouldBe(client.ConnectStart.StartedAt);
        connected.FinishedAt.ShouldBeGreaterThanOrEqualTo(connected.StartedAt);
        connected.Socket.Name.ShouldBe($"{connected.LocalEndPoint} to {pair.Listener.EndPoint}");
    }

    [Fact]
    public async Task Instruments_1_OnSocketAcceptStart_fires_when_a_task_starts_waiting_and_OnSocketAcceptReady_when_it_has_a_connection()
    {
        var server = new SocketWatcher();
        using var scope = server.Enter();
        using var listener = new ObservedConnections(Instruments.Active).Listen(new IPEndPoint(IPAddress.Loopback, 0));

        var accepting = ObservedTask.Run("acceptor", async token => await listener.AcceptAsync(token));
        await using var client = await new ObservedConnections(null).ConnectAsync(listener.EndPoint).Within();
        var accepted = await accepting.Within();
        await using var stream = accepted.Stream;

        server.Order.ShouldBe(["accept start", "accepted"]);
        server.AcceptStart.Listener.ShouldBeSameAs(listener);
        server.AcceptStart.Task!.Name.ShouldBe("acceptor");
        server.Accepted.Task.ShouldBeSameAs(server.AcceptStart.Task);
        server.Accepted.RemoteEndPoint.ShouldBe(accepted.RemoteEndPoint);
        server.Accepted.FinishedAt.ShouldBeGreaterThanOrEqualTo(server.Accepted.StartedAt);
    }

    [Fact]
    public async Task Instruments_1_OnSocketSendData_and_OnSocketRecvData_show_data_as_it_is_sent_and_received()
    {
        var (client, server) = (new SocketWatcher(), new SocketWatcher());
        await using var pair = await TcpPair.Connect(Only(client), Only(server));

        await pair.Client.WriteAsync("hello "u8.ToArray());
        pair.Client.Write("world"u8);
        var got = new byte[11];
        await pair.Server.ReadExactlyAsync(got).AsTask().Within();

        Encoding.UTF8.GetString(got).ShouldBe("hello world");
        client.Sent.ShouldBe(got);
        server.Received.ShouldBe(got);
        client.Sends.ShouldBe([(6, 6), (5, 5)]);
    }

    [Fact]
    public async Task Instruments_1_OnSocketRecvStart_fires_for_a_receive_that_waits_and_OnSocketRecvReady_when_it_goes_on()
    {
        var server = new SocketWatcher();
        await using var pair = await TcpPair.Connect(null, Only(server));

        var reading = pair.Server.ReadAsync(new byte[5]);
        server.Order[^1].ShouldBe("recv start");
        await pair.Client.WriteAsync("hello"u8.ToArray());
        await reading.Within();

        server.Order.TakeLast(3).ShouldBe(["recv start", "recv ready", "received"]);
    }

    [Fact]
    public async Task Instruments_1_A_synchronous_receive_that_waits_is_seen_too()
    {
        var server = new SocketWatcher();
        await using var pair = await TcpPair.Connect(null, Only(server));
        var buffer = new byte[5];

        var reading = Task.Run(() => pair.Server.Read(buffer, 0, 5));
        await pair.Client.WriteAsync("hello"u8.ToArray());

        (await reading.Within()).ShouldBe(5);
        server.Received.ShouldBe(buffer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Instruments_1_OnSocketSendStart_and_OnSocketSendReady_fire_for_a_send_that_fills_the_kernels_buffer_with_the_bytes_really_taken(bool isAsync)
    {
        var client = new SocketWatcher();
        await using var pair = await TcpPair.Connect(Only(client), null);
        var data = new byte[32_000_000];
        Random.Shared.NextBytes(data);

        var writing = isAsync ? pair.Client.WriteAsync(data).AsTask() : Task.Run(() => pair.Client.Write(data));
        await client.SendHasToWait.Within();
        var got = new byte[data.Length];
        await pair.Server.ReadExactlyAsync(got).AsTask().Within();
        await writing.Within();

        got.SequenceEqual(data).ShouldBeTrue();
        client.Sent.SequenceEqual(data).ShouldBeTrue();
        client.Order.ShouldContain("send start");
        client.Order.Count(what => what == "send start").ShouldBe(client.Order.Count(what => what == "send ready"));
        var (offered, taken) = client.Sends[0];
        offered.ShouldBe(data.Length);
        taken.ShouldBeInRange(1, data.Length - 1);
    }

    [Fact]
    public async Task The_other_ends_close_is_an_empty_receive()
    {
        var server = new SocketWatcher();
        await using var pair = await TcpPair.Connect(null, Only(server));

        await pair.Client.DisposeAsync();

        var read = await pair.Server.ReadAsync(new byte[5]).Within();
        read.ShouldBe(0);
        server.Order[^1].ShouldBe("received");
        server.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Instruments_1_OnSocketClose_fires_once_per_socket()
    {
        var (client, server) = (new SocketWatcher(), new SocketWatcher());
        var pair = await TcpPair.Connect(Only(client), Only(server));
        var connection = client.Connected.Socket;

        await pair.Client.DisposeAsync();
        await pair.Client.DisposeAsync();
        pair.Client.Dispose();
        client.Order.Count(what => what == "closed").ShouldBe(1);
        client.Closed.Socket.ShouldBeSameAs(connection);
        connection.Name.ShouldContain(" to 127.0.0.1:");
        await pair.DisposeAsync();

        server.Order.Count(what => what == "closed").ShouldBe(2);
        server.Closed.Socket.ShouldBeSameAs(pair.Listener);
    }

    [Fact]
    public async Task A_connect_that_fails_is_closed_with_its_fault()
    {
        var client = new SocketWatcher();
        using var deaf = new Socket(SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var fault = await Should.ThrowAsync<SocketException>(async () =>
            await new ObservedConnections(Only(client)).ConnectAsync(deaf.LocalEndPoint!).Within());

        client.Order.ShouldBe(["connect start", "closed"]);
        client.Closed.Fault.ShouldBeSameAs(fault);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Instruments_1_OnSocketClose_tells_what_broke_the_connection(bool isReading, bool isAsync)
    {
        var client = new SocketWatcher();
        await using var pair = await TcpPair.Connect(Only(client), null);
        var server = ((NetworkStream)pair.Server).Socket;
        server.LingerState = new LingerOption(enable: true, seconds: 0);
        server.Dispose();

        var fault = await Should.ThrowAsync<IOException>(() => UseUntilItFails(pair.Client, isReading, isAsync).Within());
        await pair.Client.DisposeAsync();

        client.Closed.Fault.ShouldBeSameAs(fault);
    }

    [Fact]
    public async Task A_cancelled_receive_is_no_fault_of_the_connection()
    {
        var client = new SocketWatcher();
        await using var pair = await TcpPair.Connect(Only(client), null);
        using var cancelled = new CancellationTokenSource();

        var reading = pair.Client.ReadAsync(new byte[1], cancelled.Token);
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reading.Within());
        await pair.Client.DisposeAsync();

        client.Closed.Fault.ShouldBeNull();
    }

    [Fact]
    public async Task A_send_to_a_closed_connection_fails_as_on_a_plain_stream()
    {
        await using var pair = await TcpPair.Connect(Only(new SocketWatcher()), null);
        await pair.Client.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(async () => await pair.Client.WriteAsync(new byte[1]));
        Should.Throw<ObjectDisposedException>(() => pair.Client.Write(new byte[1]));
        await Should.ThrowAsync<ObjectDisposedException>(async () => await pair.Client.ReadExactlyAsync(new byte[1]));
    }

    private static async Task UseUntilItFails(Stream stream, bool isReading, bool isAsync)
    {
        var data = new byte[10];
        while (true)
        {
            await Task.Yield();
            _ = (isReading, isAsync) switch
            {
                (true, true) => await stream.ReadAsync(data),
                (true, false) => stream.Read(data),
                (false, true) => await Write(stream.WriteAsync(data)),
                (false, false) => await Write(new ValueTask(Task.Run(() => stream.Write(data)))),
            };
        }

        static async Task<int> Write(ValueTask writing)
        {
            await writing;
            return 0;
        }
    }

    [Fact]
    public async Task Instruments_2_4_With_none_active_connections_are_plain()
    {
        await using var pair = await TcpPair.Connect(null, null);

        pair.Client.ShouldBeOfType<NetworkStream>();
        pair.Server.ShouldBeOfType<NetworkStream>();
    }

    private static CompositeInstrument Only(SocketWatcher watcher) => CompositeInstrument.With(null, InstrumentScope.Detached(watcher));
}
