using System.Net;
using System.Text;
using Sluice.Host.Receiving;

namespace Sluice.Host.Tests.Receiving;

public sealed class ReceiverSpecs : IDisposable
{
    private readonly string _store = Path.Combine(Directory.CreateTempSubdirectory().FullName, "kept.jsonl");
    private readonly HttpClient _client = new();

    public void Dispose()
    {
        _client.Dispose();
        Directory.Delete(Path.GetDirectoryName(_store)!, recursive: true);
    }

    [Fact]
    public async Task Accepted_items_are_kept_a_line_each_on_any_path()
    {
        await using (var receiver = await StartAsync(new ReceiverSettings { Port = 0, Store = _store }))
        {
            (await PostAsync(receiver, "/any/path", "{\"a\":1}", "k1")).ShouldBe(HttpStatusCode.OK);
            (await PostAsync(receiver, "/", "2\n3", "k2")).ShouldBe(HttpStatusCode.OK);
            receiver.Counts.ShouldBe((3, 0));
        }

        File.ReadAllLines(_store).ShouldBe(["""{"key":"k1","item":{"a":1}}""", """{"key":"k2","item":2}""", """{"key":"k2#1","item":3}"""]);
    }

    [Fact]
    public async Task Every_third_request_is_refused_and_nothing_of_it_is_kept()
    {
        await using var receiver = await StartAsync(new ReceiverSettings { Port = 0, Store = _store, FailStatus = 503, FailEvery = 3 });

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 6; i++)
        {
            answers.Add(await PostAsync(receiver, "/", $"{i}", $"k{i}"));
        }

        answers.ShouldBe([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]);
        receiver.Counts.ShouldBe((4, 2));
    }

    [Fact]
    public async Task What_is_not_json_is_a_bad_request()
    {
        await using var receiver = await StartAsync(new ReceiverSettings { Port = 0, Store = _store });

        (await PostAsync(receiver, "/", "{", "k")).ShouldBe(HttpStatusCode.BadRequest);
        receiver.Counts.ShouldBe((0, 1));
    }

    private static Task<Receiver> StartAsync(ReceiverSettings settings) => Receiver.StartAsync(settings, CancellationToken.None);

    private async Task<HttpStatusCode> PostAsync(Receiver receiver, string path, string body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(receiver.Address, path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await _client.SendAsync(request);
        return answer.StatusCode;
    }
}
