using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Sluice.Exporters.Sinks;
using Sluice.Exporters.Sinks.Elasticsearch;
using Sluice.Exporters.Sinks.Otlp;
using Sluice.TestKit;

namespace Sluice.Exporters.Tests.Sinks;

/// <summary>Collectors and search clusters that misbehave: nothing is taken for delivered, nothing for undeliverable, and nothing is waited for without end.</summary>
public sealed class MisbehavingServerSpecs : IAsyncLifetime, IDisposable
{
    private readonly TestClock _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly SinkServices _services;
    private Receiver _receiver = null!;

    public MisbehavingServerSpecs() => _services = new SinkServices { Time = _clock };

    public async Task InitializeAsync() => _receiver = await Receiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData("otlp")]
    [InlineData("elasticsearch")]
    public async Task Exporters_7_one_that_is_slow_is_waited_for(string kind)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var bulk = new BulkEndpoint();
        _receiver.Answer = async (context, request) =>
        {
            await release.Task;
            await (kind == "otlp" ? Task.CompletedTask : bulk.AnswerAsync(context, request));
        };
        var sending = SendAsync(kind, _receiver.Url);
        await Deadline.Until(() => _receiver.Requests.Count == 1);

        _clock.Advance(TimeSpan.FromSeconds(9));
        release.SetResult();

        (await sending.Within()).ShouldAllBe(outcome => outcome is SinkOutcome.Delivered);
    }

    [Theory]
    [InlineData("otlp")]
    [InlineData("elasticsearch")]
    public async Task Exporters_7_one_that_is_overloaded_says_when_to_come_again(string kind)
    {
        _receiver.Answer = Receiver.Status(503, "Retry-After", "7");

        (await SendAsync(kind, _receiver.Url).Within())
            .ShouldAllBe(outcome => outcome is SinkOutcome.RetryLater && ((SinkOutcome.RetryLater)outcome).RetryAfter == TimeSpan.FromSeconds(7));
    }

    [Theory]
    [InlineData("otlp")]
    [InlineData("elasticsearch")]
    public async Task Exporters_7_one_that_resets_the_connection_in_the_middle_of_its_answer_has_confirmed_nothing(string kind)
    {
        _receiver.Answer = async (context, _) =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{\"took\":1,");
            await context.Response.Body.FlushAsync();
            context.Abort();
        };

        (await SendAsync(kind, _receiver.Url).Within()).ShouldAllBe(outcome => outcome is SinkOutcome.RetryLater);
    }

    [Theory]
    [InlineData("otlp")]
    [InlineData("elasticsearch")]
    public async Task Exporters_7_one_whose_certificate_nobody_trusts_gets_nothing(string kind)
    {
        using var certificate = Certificates.SelfSigned();
        await using var secret = await Receiver.StartAsync(certificate);

        var outcomes = await SendAsync(kind, secret.Url).Within();

        outcomes.ShouldAllBe(outcome => outcome is SinkOutcome.RetryLater && ((SinkOutcome.RetryLater)outcome).Reason.Contains("certificate"));
        secret.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("otlp")]
    [InlineData("elasticsearch")]
    public async Task Exporters_7_one_that_accepts_and_never_answers_is_given_up_after_the_timeout(string kind)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var sending = SendAsync(kind, $"http://{silent.LocalEndpoint}/");
        using var connection = await silent.AcceptTcpClientAsync().Within();
        sending.IsCompleted.ShouldBeFalse();

        _clock.Advance(TimeSpan.FromSeconds(10));

        (await sending.Within()).ShouldAllBe(
            outcome => outcome is SinkOutcome.RetryLater && ((SinkOutcome.RetryLater)outcome).Reason.Contains("did not answer within 00:00:10"));
    }

    private async Task<IReadOnlyList<SinkOutcome>> SendAsync(string kind, string url)
    {
        await using var sink = kind == "otlp"
            ? Configured.Sink<OtlpSinkSettings>("otlp", $"url = \"{url}\", signal = logs, timeout = 10s").Open(_services)
            : Configured.Sink<ElasticsearchSinkSettings>("elasticsearch", $"url = \"{url}\", index = quakes, timeout = 10s").Open(_services);
        return await sink.SendAsync(Items.Numbered(2), CancellationToken.None);
    }
}
