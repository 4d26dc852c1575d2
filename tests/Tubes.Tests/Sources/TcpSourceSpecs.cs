using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Tests.Sources;

/// <summary>Issue 6.2: lines over TCP as a tube's source, whose sockets instruments see.</summary>
public sealed class TcpSourceSpecs
{
    private const string Listen = "{ type: sluice.tcp, params: { listen: '127.0.0.1:0' } }";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Instruments_6_2_lines_of_everybody_who_connects_are_epochs_and_their_sockets_are_seen()
    {
        await using var tube = await SourceTube.StartAsync(Listen, "in.line");
        using var one = new TcpClient();
        using var other = new TcpClient();
        await one.ConnectAsync(await tube.Address);
        await other.ConnectAsync(await tube.Address);

        await one.GetStream().WriteAsync("first\r\nsec"u8.ToArray());
        (await tube.NextAsync()).ShouldBe("first");
        await other.GetStream().WriteAsync("grüße\n"u8.ToArray());
        (await tube.NextAsync()).ShouldBe("grüße");
        await one.GetStream().WriteAsync("ond"u8.ToArray());
        one.Close();

        (await tube.NextAsync()).ShouldBe("second");
        await tube.HookAsync("close");
        tube.Seen.ShouldBe(["accept", "receive", "close"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_line_that_is_too_long_comes_in_pieces_of_whole_characters()
    {
        await using var tube = await SourceTube.StartAsync("{ type: sluice.tcp, params: { listen: '127.0.0.1:0', max_line: 16 } }", "in.line");
        using var client = new TcpClient();
        await client.ConnectAsync(await tube.Address);

        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes("123456789012345€ and more\n"));

        (await tube.NextAsync()).ShouldBe("123456789012345");
        (await tube.NextAsync()).ShouldBe("€ and more");
    }

    [Fact]
    public async Task Who_sends_more_than_the_tube_takes_has_to_wait()
    {
        await using var tube = await SourceTube.StartAsync(Listen, "in.line");
        using var client = new TcpClient();
        await client.ConnectAsync(await tube.Address);
        client.Client.Blocking = false;
        var line = Encoding.UTF8.GetBytes(new string('x', 8_190) + "\n");

        // More than the queue (1,024 lines), the reader and the buffers of both ends (some megabytes) hold together.
        var sent = 0L;
        for (var refused = 0; refused < 200 && sent < 256L * 1024 * 1024;)
        {
            try
            {
                sent += client.Client.Send(line);
                refused = 0;
            }
            catch (SocketException full) when (full.SocketErrorCode == SocketError.WouldBlock)
            {
                refused++;
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            }
        }

        sent.ShouldBeLessThan(256L * 1024 * 1024);
        (await tube.NextAsync())!.Length.ShouldBe(8_190);
    }

    [Fact]
    public async Task The_end_of_the_connection_that_it_made_is_the_end_of_the_source()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var tube = await SourceTube.StartAsync($"{{ type: sluice.tcp, params: {{ connect: '127.0.0.1:{Port(server)}' }} }}", "in.line");
        await using var closing = tube;
        using (var accepted = await server.AcceptTcpClientAsync().WaitAsync(Deadline))
        {
            await accepted.GetStream().WriteAsync("one\ntwo"u8.ToArray());
        }

        (await tube.NextAsync()).ShouldBe("one");
        (await tube.NextAsync()).ShouldBe("two");
        await Should.ThrowAsync<EndOfSourceException>(tube.NextAsync);
        tube.Seen.ShouldContain("connect");
    }

    [Fact]
    public async Task With_reconnect_it_comes_again()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var tube = await SourceTube.StartAsync(
            $"{{ type: sluice.tcp, params: {{ connect: '127.0.0.1:{Port(server)}', reconnect: '00:00:00.001' }} }}", "in.line");

        foreach (var line in new[] { "before", "after" })
        {
            using var accepted = await server.AcceptTcpClientAsync().WaitAsync(Deadline);
            await accepted.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line));
            accepted.Close();
            (await tube.NextAsync()).ShouldBe(line);
        }
    }

    [Fact]
    public async Task Instruments_6_2_TLS_is_seen_where_others_connect_and_a_plain_client_harms_nobody()
    {
        using var authority = new TestAuthority();
        await using var tube = await SourceTube.StartAsync(
            $"{{ type: sluice.tcp, params: {{ listen: '127.0.0.1:0', certificate: '{authority.Certificate}', key: '{authority.Key}' }} }}", "in.line");
        using var plain = new TcpClient();
        await plain.ConnectAsync(await tube.Address);
        await plain.GetStream().WriteAsync("no handshake\n"u8.ToArray());

        using var client = new TcpClient();
        await client.ConnectAsync(await tube.Address);
        await using var tls = new SslStream(client.GetStream());
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.AddRange(authority.Roots);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = trust }).WaitAsync(Deadline);
        await tls.WriteAsync("secret\n"u8.ToArray());

        (await tube.NextAsync()).ShouldBe("secret");
        tube.Handshake!.Value.IsServer.ShouldBeTrue();
    }

    [Fact]
    public async Task Instruments_6_2_TLS_is_seen_where_it_connects()
    {
        using var authority = new TestAuthority();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var serving = ServeAsync(server, authority, "hello\n");
        await using var tube = await SourceTube.StartAsync(
            $"{{ type: sluice.tcp, params: {{ connect: 'localhost:{Port(server)}', trust: '{authority.Certificate}' }} }}", "in.line");

        (await tube.NextAsync()).ShouldBe("hello");
        await serving.WaitAsync(Deadline);
        tube.Handshake!.Value.IsServer.ShouldBeFalse();
        tube.Handshake!.Value.ServerName.ShouldBe("localhost");
    }

    [Fact]
    public async Task An_address_that_is_taken_is_said_with_what_to_do()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var refused = await Should.ThrowAsync<IOException>(
            () => SourceTube.StartAsync($"{{ type: sluice.tcp, params: {{ listen: '127.0.0.1:{Port(taken)}' }} }}", "in.line"));

        refused.Message.ShouldBe($"sluice.tcp cannot listen on 127.0.0.1:{Port(taken)}: Address already in use. Choose another address, or stop the program that has it.");
    }

    [Theory]
    [InlineData("{ type: sluice.tcp }", "sluice.tcp needs either `listen: address:port` or `connect: host:port`: give one of them.")]
    [InlineData("{ type: sluice.tcp, params: { listen: '5514' } }", "sluice.tcp: `listen: 5514` is not address:port, such as `127.0.0.1:5514`.")]
    [InlineData("{ type: sluice.tcp, params: { connect: nowhere } }", "sluice.tcp: `connect: nowhere` is not host:port, such as `feed.example.org:7000`.")]
    public async Task Params_that_make_no_sense_are_refused_when_the_tube_is_loaded(string node, string says)
    {
        var refused = await Should.ThrowAsync<Exception>(() => SourceTube.StartAsync(node, "in.line"));

        refused.Message.ShouldContain(says);
    }

    [Fact]
    public async Task It_can_be_started_again_after_it_was_stopped()
    {
        await using var tube = await SourceTube.StartAsync(Listen, "in.line");
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(await tube.Address);
            await tube.Runner.DeinitAsync().AsTask().WaitAsync(Deadline);
        }

        await tube.Runner.InitAsync().AsTask().WaitAsync(Deadline);
        using var again = new TcpClient();
        await again.ConnectAsync(tube.LatestAddress);
        await again.GetStream().WriteAsync("again\n"u8.ToArray());

        (await tube.NextAsync()).ShouldBe("again");
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private static async Task ServeAsync(TcpListener server, TestAuthority authority, string text)
    {
        using var accepted = await server.AcceptTcpClientAsync();
        using var certificate = X509Certificate2.CreateFromPemFile(authority.Certificate, authority.Key);
        await using var tls = new SslStream(accepted.GetStream());
        await tls.AuthenticateAsServerAsync(certificate);
        await tls.WriteAsync(Encoding.UTF8.GetBytes(text));
    }
}
