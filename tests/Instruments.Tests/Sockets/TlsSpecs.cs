using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using Sluice.Instruments.Sockets;

namespace Sluice.Instruments.Tests.Sockets;

/// <summary>Real TLS over loopback, with a certificate made for the test.</summary>
public sealed class TlsSpecs : IDisposable
{
    private readonly TestCertificate _certificate = new();
    private readonly SocketWatcher _client = new();
    private readonly SocketWatcher _server = new();

    private CompositeInstrument ClientSide => CompositeInstrument.With(null, InstrumentScope.Detached(_client));

    private CompositeInstrument ServerSide => CompositeInstrument.With(null, InstrumentScope.Detached(_server));

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public async Task Instruments_1_OnTlsHandshakeComplete_fires_on_both_ends_with_cipher_version_server_name_and_times()
    {
        await using var pair = await TcpPair.Connect(ClientSide, ServerSide);

        var serving = new ObservedConnections(ServerSide).SecureAsync(pair.Server, _certificate.Server).AsTask();
        await using var client = await new ObservedConnections(ClientSide).SecureAsync(pair.Client, _certificate.Client).Within();
        await using var server = await serving.Within();

        var handshake = _client.Handshake;
        handshake.Version.ShouldBe(client.SslProtocol);
        handshake.Version.ShouldBeOneOf(SslProtocols.Tls12, SslProtocols.Tls13);
        handshake.Cipher.ShouldBe(client.NegotiatedCipherSuite);
        handshake.ServerName.ShouldBe(TestCertificate.Host);
        handshake.IsServer.ShouldBeFalse();
        handshake.Socket.ShouldBeSameAs(_client.Connected.Socket);
        handshake.FinishedAt.ShouldBeGreaterThanOrEqualTo(handshake.StartedAt);
        _server.Handshake.ServerName.ShouldBe(TestCertificate.Host);
        _server.Handshake.IsServer.ShouldBeTrue();
        _server.Handshake.Cipher.ShouldBe(handshake.Cipher);
    }

    [Fact]
    public async Task Data_under_TLS_is_seen_as_the_kernel_gets_it()
    {
        await using var pair = await TcpPair.Connect(ClientSide, ServerSide);
        var serving = new ObservedConnections(ServerSide).SecureAsync(pair.Server, _certificate.Server).AsTask();
        await using var client = await new ObservedConnections(ClientSide).SecureAsync(pair.Client, _certificate.Client).Within();
        await using var server = await serving.Within();

        await client.WriteAsync("a secret"u8.ToArray());
        var got = new byte[8];
        await server.ReadExactlyAsync(got).AsTask().Within();

        Encoding.UTF8.GetString(got).ShouldBe("a secret");
        _client.Sent.AsSpan().IndexOf("a secret"u8).ShouldBe(-1);
        _server.Received.SequenceEqual(_client.Sent).ShouldBeTrue();
    }

    [Fact]
    public async Task An_observed_stream_over_TLS_sees_the_plain_text()
    {
        await using var pair = await TcpPair.Connect(null, null);
        var serving = new ObservedConnections(null).SecureAsync(pair.Server, _certificate.Server).AsTask();
        var client = await new ObservedConnections(null).SecureAsync(pair.Client, _certificate.Client).Within();
        await using var seen = new ObservedStream(client, new Named("tls"), ClientSide);
        await using var server = await serving.Within();

        await seen.WriteAsync("a secret"u8.ToArray());
        seen.Write(", told"u8);
        await seen.FlushAsync();

        Encoding.UTF8.GetString(_client.Sent).ShouldBe("a secret, told");
        _client.Sends.ShouldBe([(8, 8), (6, 6)]);
    }

    [Fact]
    public async Task A_handshake_that_fails_closes_the_connection_with_its_fault()
    {
        await using var pair = await TcpPair.Connect(ClientSide, null);
        var serving = new ObservedConnections(null).SecureAsync(pair.Server, _certificate.Server).AsTask();
        var distrust = new SslClientAuthenticationOptions { TargetHost = TestCertificate.Host };

        var fault = await Should.ThrowAsync<AuthenticationException>(async () =>
            await new ObservedConnections(ClientSide).SecureAsync(pair.Client, distrust).Within());

        _client.Order.ShouldContain("closed");
        _client.Order.ShouldNotContain("handshake");
        _client.Closed.Fault.ShouldBeSameAs(fault);
        await serving.ContinueWith(static _ => { }, TaskScheduler.Default).Within();
    }
}
