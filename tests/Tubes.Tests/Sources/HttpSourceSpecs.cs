using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sluice.Tubes.Tests.Sources;

/// <summary>Issue 6.2: what is posted to us, or what an address answers, as a tube's source, whose sockets instruments see.</summary>
public sealed class HttpSourceSpecs
{
    private const string Listen = "{ type: sluice.http, params: { listen: 'http://127.0.0.1:0/in', max_body: 100 } }";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Instruments_6_2_posts_are_epochs_and_their_sockets_are_seen()
    {
        await using var tube = await SourceTube.StartAsync(Listen, "in.body");
        using var client = new HttpClient { BaseAddress = new Uri($"http://{await tube.Address}") };

        using var answer = await client.PostAsync("/in/lab?x=1", new StringContent("{\"t\":1}", Encoding.UTF8, "application/json")).WaitAsync(Deadline);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await tube.NextAsync()).ShouldBe("{\"t\":1}");
        tube.Seen.ShouldBeSubsetOf(["accept", "receive", "send", "close"]);
        foreach (var hook in new[] { "accept", "receive", "send" })
        {
            await tube.HookAsync(hook);
        }
    }

    [Fact]
    public async Task A_post_tells_where_it_was_sent_and_what_it_is()
    {
        await using var tube = await SourceTube.StartAsync(Listen, "in.url");
        using var client = new HttpClient { BaseAddress = new Uri($"http://{await tube.Address}") };

        using var answer = await client.PutAsync("/in/lab?x=1", new StringContent("body")).WaitAsync(Deadline);

        (await tube.NextAsync()).ShouldBe("/in/lab?x=1");
    }

    [Theory]
    [InlineData("POST", "/elsewhere", "", HttpStatusCode.NotFound)]
    [InlineData("GET", "/in", "", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/in", "long", HttpStatusCode.RequestEntityTooLarge)]
    public async Task What_is_no_post_to_us_is_refused(string method, string path, string body, HttpStatusCode expected)
    {
        await using var tube = await SourceTube.StartAsync(Listen, "in.body");
        using var client = new HttpClient { BaseAddress = new Uri($"http://{await tube.Address}") };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body == "" ? null : new StringContent(new string('x', 101));

        using var answer = await client.SendAsync(request).WaitAsync(Deadline);

        answer.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Posts_for_which_there_is_no_room_are_sent_back_and_those_accepted_come_all()
    {
        await using var tube = await SourceTube.StartAsync("{ type: sluice.http, params: { listen: 'http://127.0.0.1:0', patience: '00:00:00' } }", "in.body");
        using var client = new HttpClient { BaseAddress = new Uri($"http://{await tube.Address}") };

        var accepted = 0;
        HttpResponseMessage answer;
        while ((answer = await client.PostAsync("/", new StringContent($"{accepted}")).WaitAsync(Deadline)).StatusCode == HttpStatusCode.Accepted)
        {
            accepted++;
            answer.Dispose();
        }

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        accepted.ShouldBe(1024);
        for (var next = 0; next < accepted; next++)
        {
            (await tube.NextAsync()).ShouldBe($"{next}");
        }
    }

    [Fact]
    public async Task Instruments_6_2_TLS_is_seen_where_others_post()
    {
        using var authority = new TestAuthority();
        await using var tube = await SourceTube.StartAsync(
            $"{{ type: sluice.http, params: {{ listen: 'https://127.0.0.1:0/', certificate: '{authority.Certificate}', key: '{authority.Key}' }} }}", "in.body");
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.AddRange(authority.Roots);
        using var handler = new SocketsHttpHandler { SslOptions = new() { CertificateChainPolicy = trust } };
        using var client = new HttpClient(handler);

        using var answer = await client.PostAsync($"https://{await tube.Address}/", new StringContent("secret")).WaitAsync(Deadline);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await tube.NextAsync()).ShouldBe("secret");
        tube.Handshake!.Value.IsServer.ShouldBeTrue();
    }

    [Fact]
    public async Task Instruments_6_2_it_asks_an_address_again_and_again_over_sockets_that_are_seen()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var serving = AnswerAsync(server, ["200 OK", "500 Broken", "200 OK"]);
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        await using var tube = await SourceTube.StartAsync($"{{ type: sluice.http, params: {{ poll: 'http://127.0.0.1:{port}/feed', every: '00:00:00' }} }}", "in.body");

        (await tube.NextAsync()).ShouldBe("answer 0");
        (await Should.ThrowAsync<HttpRequestException>(tube.NextAsync)).Message.ShouldBe($"http://127.0.0.1:{port}/feed answered 500 Broken.");
        (await tube.NextAsync()).ShouldBe("answer 2");
        await serving.WaitAsync(Deadline);
        tube.Seen.ShouldContain("connect");
        tube.Seen.ShouldContain("receive");
    }

    [Theory]
    [InlineData("{ type: sluice.http }", "sluice.http needs either `listen: http://address:port/path` or `poll: URL`: give one of them.")]
    [InlineData("{ type: sluice.http, params: { listen: 'https://127.0.0.1:0' } }", "https needs a certificate")]
    [InlineData("{ type: sluice.http, params: { listen: 'http://example.org:80' } }", "is not http(s)://IP-address:port/path to listen on.")]
    public async Task Params_that_make_no_sense_are_refused_when_the_tube_is_loaded(string node, string says)
    {
        var refused = await Should.ThrowAsync<Exception>(() => SourceTube.StartAsync(node, "in.body"));

        refused.Message.ShouldContain(says);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_said_with_what_to_do()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var listen = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}/";

        var refused = await Should.ThrowAsync<IOException>(() => SourceTube.StartAsync($"{{ type: sluice.http, params: {{ listen: '{listen}' }} }}", "in.body"));

        refused.Message.ShouldBe($"sluice.http cannot listen on {listen}: Address already in use. Choose another address, or stop the program that has it.");
    }

    private static async Task AnswerAsync(TcpListener server, string[] statuses)
    {
        for (var index = 0; index < statuses.Length; index++)
        {
            using var accepted = await server.AcceptTcpClientAsync();
            await using var stream = accepted.GetStream();
            var request = new StreamReader(stream);
            while (await request.ReadLineAsync() is { Length: > 0 })
            {
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {statuses[index]}\r\nContent-Length: 8\r\nConnection: close\r\n\r\nanswer {index}"));
        }
    }
}
