using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Sluice.Exporters.Sinks;
using Sluice.Exporters.Sinks.Http;
using Sluice.Rabbit.Rig;
using Sluice.TestKit;

namespace Sluice.Exporters.Tests.Sinks;

public sealed class HttpSinkSpecs : IAsyncLifetime, IDisposable
{
    private readonly TestClock _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, string> _environment = [];
    private readonly SinkServices _services;
    private Receiver _receiver = null!;

    public HttpSinkSpecs() => _services = new SinkServices { Time = _clock, Environment = _environment.GetValueOrDefault };

    private HttpSinkSettings Settings => new()
    {
        Name = "web",
        Url = _receiver.Url,
        Method = "POST",
        Body = HttpBody.Json,
        Envelope = Envelope.Bare,
        KeyHeader = "Idempotency-Key",
        Headers = new Dictionary<string, string>(),
        Compression = HttpCompression.None,
        Authentication = HttpAuthentication.None,
        TokenVariable = "TOKEN",
        UserVariable = "USER",
        PasswordVariable = "PASSWORD",
        Timeout = TimeSpan.FromSeconds(10),
        ProbeTimeout = TimeSpan.FromSeconds(30),
        MaxRetryAfter = TimeSpan.FromHours(1),
        PermanentStatus = ["400-499"],
        TransientStatus = ["401", "408", "429"],
        ResponseExcerpt = 16,
    };

    public async Task InitializeAsync() => _receiver = await Receiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Exporters_7_each_item_is_a_request_with_its_key(string method)
    {
        var outcomes = await SendAsync(Settings with { Method = method }, Items.Numbered(2));

        outcomes.ShouldAllBe(outcome => outcome is SinkOutcome.Delivered);
        _receiver.Requests.Select(request => (request.Method, request.Text, request.Headers["Idempotency-Key"], request.Headers["Content-Type"]))
            .ShouldBe([(method, """{"n":1}""", "pool-1", "application/json"), (method, """{"n":2}""", "pool-2", "application/json")]);
    }

    [Fact]
    public async Task An_item_keeps_its_key_each_time_it_is_sent()
    {
        _receiver.Answer = Receiver.Status(503);

        await SendAsync(Settings, Items.Numbered(1));
        await SendAsync(Settings, Items.Numbered(1));

        _receiver.Requests.Select(request => request.Headers["Idempotency-Key"]).ShouldBe(["pool-1", "pool-1"]);
    }

    [Fact]
    public async Task A_key_that_no_header_can_carry_is_escaped()
    {
        await SendAsync(Settings, [Items.Json(1, "1") with { Key = "Erdbeben größer 5-1" }]);

        _receiver.Requests.Single().Headers["Idempotency-Key"].ShouldBe("Erdbeben%20gr%C3%B6%C3%9Fer%205-1");
    }

    [Fact]
    public async Task Exporters_7_a_batch_is_one_request_of_lines()
    {
        var outcomes = await SendAsync(Settings with { Body = HttpBody.Ndjson, Envelope = Envelope.Keyed }, Items.Of("1", "{\n}", "{torn"));

        var request = _receiver.Requests.Single();
        request.Text.ShouldBe("{\"key\":\"pool-1\",\"item\":1}\n{\"key\":\"pool-2\",\"item\":{}}\n");
        request.Headers["Content-Type"].ShouldBe("application/x-ndjson");
        request.Headers["Idempotency-Key"].ShouldBe("pool-1~pool-2~2");
        outcomes[1].ShouldBeOfType<SinkOutcome.Delivered>();
        outcomes[2].ShouldBeOfType<SinkOutcome.Undeliverable>();
    }

    [Theory]
    [InlineData(HttpBody.Json)]
    [InlineData(HttpBody.Ndjson)]
    public async Task Exporters_7_bodies_can_be_zipped(HttpBody body)
    {
        await SendAsync(Settings with { Body = body, Compression = HttpCompression.Gzip }, Items.Numbered(1));

        var request = _receiver.Requests.Single();
        request.Headers["Content-Encoding"].ShouldBe("gzip");
        request.Text.Trim().ShouldBe("""{"n":1}""");
    }

    [Fact]
    public async Task Exporters_7_headers_of_the_settings_win()
    {
        var headers = new Dictionary<string, string> { ["X-Source"] = "sluice", ["Content-Type"] = "application/vnd.quake+json" };

        await SendAsync(Settings with { Headers = headers }, Items.Numbered(1));

        _receiver.Requests.Single().Headers["X-Source"].ShouldBe("sluice");
        _receiver.Requests.Single().Headers["Content-Type"].ShouldBe("application/vnd.quake+json");
    }

    [Theory]
    [InlineData(HttpAuthentication.Bearer, "Bearer secret")]
    [InlineData(HttpAuthentication.Basic, "Basic bWU6cGFzcw==")]
    public async Task Exporters_7_credentials_come_from_environment_variables(HttpAuthentication authentication, string sent)
    {
        _environment["TOKEN"] = "secret";
        _environment["USER"] = "me";
        _environment["PASSWORD"] = "pass";

        await SendAsync(Settings with { Authentication = authentication }, Items.Numbered(1));

        _receiver.Requests.Single().Headers["Authorization"].ShouldBe(sent);
    }

    [Fact]
    public void A_missing_credential_is_an_error_at_construction() =>
        Should.Throw<SinkSettingsException>(() => (Settings with { Authentication = HttpAuthentication.Bearer }).Open(_services)).Message
            .ShouldBe("Sink 'web', token-variable: the environment variable 'TOKEN' is not set; set it, or name another one here.");

    [Theory]
    [InlineData("ftp://here", "url")]
    [InlineData("", "url")]
    public void An_address_that_cannot_work_is_an_error_at_construction(string url, string key) =>
        Should.Throw<SinkSettingsException>(() => (Settings with { Url = url }).Open(_services)).Key.ShouldBe(key);

    [Theory]
    [InlineData("4xx")]
    [InlineData("499-400")]
    [InlineData("1000")]
    public void A_status_that_is_none_is_an_error_at_construction(string entry) =>
        Should.Throw<SinkSettingsException>(() => (Settings with { PermanentStatus = [entry] }).Open(_services)).Message.ShouldContain($"'{entry}'");

    [Theory]
    [InlineData("X Y", "v")]
    [InlineData("X", "a\r\nInjected: b")]
    public void A_header_that_cannot_be_sent_is_an_error_at_construction(string name, string value) =>
        Should.Throw<SinkSettingsException>(() => (Settings with { Headers = new Dictionary<string, string> { [name] = value } }).Open(_services));

    [Fact]
    public async Task Pool_3_3_a_refused_item_is_undeliverable_with_an_excerpt_and_those_behind_it_go_on()
    {
        _receiver.Answer = (context, request) =>
            request.Text == "2" ? Receiver.Status(422, body: "magnitude is no number at all")(context, request) : Task.CompletedTask;

        var outcomes = await SendAsync(Settings, Items.Of("1", "2", "3"));

        outcomes[1].ShouldBe(new SinkOutcome.Undeliverable($"{_receiver.Url} answered 422 Unprocessable Entity.", "http-422", "magnitude is no n"[..16]));
        outcomes[2].ShouldBeOfType<SinkOutcome.Delivered>();
    }

    [Fact]
    public async Task Pool_3_4_a_refused_batch_says_that_one_of_its_items_may_be_to_blame()
    {
        _receiver.Answer = Receiver.Status(400, body: "bad");

        var together = await SendAsync(Settings with { Body = HttpBody.Ndjson }, Items.Numbered(2));
        var alone = await SendAsync(Settings with { Body = HttpBody.Ndjson }, Items.Numbered(1));

        together.ShouldAllBe(outcome => outcome is SinkOutcome.RefusedTogether);
        alone.Single().ShouldBeOfType<SinkOutcome.Undeliverable>().ResponseExcerpt.ShouldBe("bad");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(401)]
    [InlineData(700)]
    public async Task Pool_3_6_a_status_not_listed_as_permanent_is_tried_again(int code)
    {
        _receiver.Answer = Receiver.Status(code);

        (await SendAsync(Settings, Items.Numbered(1))).Single().ShouldBeOfType<SinkOutcome.RetryLater>();
    }

    [Fact]
    public async Task Pool_3_6_what_is_permanent_is_data()
    {
        _receiver.Answer = Receiver.Status(507);

        var outcomes = await SendAsync(Settings with { PermanentStatus = ["507"], TransientStatus = [] }, Items.Numbered(1));

        outcomes.Single().ShouldBeOfType<SinkOutcome.Undeliverable>().ErrorClass.ShouldBe("http-507");
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("Thu, 01 Jan 2026 00:02:00 GMT", 120)]
    [InlineData("Wed, 31 Dec 2025 00:00:00 GMT", 0)]
    [InlineData("999999", 3600)]
    public async Task Pool_3_2_retry_after_is_told_in_seconds_or_as_a_date_and_bounded(string header, int seconds)
    {
        _receiver.Answer = Receiver.Status(503, "Retry-After", header);

        var outcomes = await SendAsync(Settings, Items.Numbered(1));

        outcomes.Single().ShouldBeOfType<SinkOutcome.RetryLater>().RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task Pool_2_2_items_behind_one_that_has_to_wait_are_not_tried()
    {
        _receiver.Answer = (context, request) => request.Text == "2" ? Receiver.Status(503)(context, request) : Task.CompletedTask;

        var outcomes = await SendAsync(Settings, Items.Of("1", "2", "3", "4"));

        outcomes.Select(outcome => outcome is SinkOutcome.Delivered).ShouldBe([true, false, false, false]);
        outcomes[3].ShouldBeOfType<SinkOutcome.RetryLater>().Reason.ShouldStartWith("Not tried");
        _receiver.Bodies.ShouldBe(["1", "2"]);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    public async Task Exporters_7_a_redirect_is_not_followed_and_says_where_it_points(int code)
    {
        _receiver.Answer = Receiver.Status(code, "Location", "http://elsewhere/");

        var outcomes = await SendAsync(Settings, Items.Numbered(1));

        outcomes.Single().ShouldBeOfType<SinkOutcome.RetryLater>().Reason.ShouldContain("http://elsewhere/");
        _receiver.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_beginning_of_the_answer_is_kept_for_the_caller()
    {
        _receiver.Answer = Receiver.Status(200, body: "stored as number 17, thank you");

        (await SendAsync(Settings, Items.Numbered(1))).Single().ShouldBe(new SinkOutcome.Delivered("stored as number"));
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_after_the_timeout()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var sending = SendAsync(Settings with { Url = $"http://{silent.LocalEndpoint}/" }, Items.Numbered(1));
        using var connection = await silent.AcceptTcpClientAsync().Within();
        sending.IsCompleted.ShouldBeFalse();

        _clock.Advance(TimeSpan.FromSeconds(10));

        (await sending.Within()).Single().ShouldBeOfType<SinkOutcome.RetryLater>().Reason.ShouldContain("did not answer within 00:00:10");
    }

    [Fact]
    public async Task A_slow_server_is_waited_for()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _receiver.Answer = (_, _) => release.Task;
        var sending = SendAsync(Settings, Items.Numbered(1));
        await Deadline.Until(() => _receiver.Requests.Count == 1);

        _clock.Advance(TimeSpan.FromSeconds(9));
        release.SetResult();

        (await sending.Within()).Single().ShouldBeOfType<SinkOutcome.Delivered>();
    }

    [Fact]
    public async Task An_answer_cut_in_its_middle_confirms_nothing()
    {
        _receiver.Answer = async (context, _) =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("part");
            await context.Response.Body.FlushAsync();
            context.Abort();
        };

        (await SendAsync(Settings with { ResponseExcerpt = 1024 }, Items.Numbered(1))).Single().ShouldBeOfType<SinkOutcome.RetryLater>();
    }

    [Fact]
    public async Task A_connection_reset_is_tried_again_later()
    {
        _receiver.Answer = (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        (await SendAsync(Settings, Items.Numbered(1))).Single().ShouldBeOfType<SinkOutcome.RetryLater>();
    }

    [Fact]
    public async Task A_server_that_is_down_is_tried_again_later()
    {
        var outcomes = await SendAsync(Settings with { Url = $"http://127.0.0.1:{Ports.Free()}/" }, Items.Numbered(1));

        outcomes.Single().ShouldBeOfType<SinkOutcome.RetryLater>().Reason.ShouldContain("cannot be reached: Connection refused");
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_tried_again_later() =>
        (await SendAsync(Settings with { Url = "http://no-such-host.invalid/" }, Items.Numbered(1))).Single().ShouldBeOfType<SinkOutcome.RetryLater>();

    [Fact]
    public async Task A_certificate_nobody_trusts_is_tried_again_later_and_nothing_is_sent()
    {
        using var certificate = Certificates.SelfSigned();
        await using var secret = await Receiver.StartAsync(certificate);

        var outcomes = await SendAsync(Settings with { Url = secret.Url }, Items.Numbered(1));

        outcomes.Single().ShouldBeOfType<SinkOutcome.RetryLater>().Reason.ShouldContain("certificate");
        secret.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelling_is_the_callers_own_exception()
    {
        _receiver.Answer = (context, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        using var cancelled = new CancellationTokenSource();
        var sending = Settings.Open(_services).SendAsync(Items.Numbered(1), cancelled.Token);
        await Deadline.Until(() => _receiver.Requests.Count == 1);

        await cancelled.CancelAsync();

        var thrown = await Should.ThrowAsync<OperationCanceledException>(sending.Within());
        thrown.CancellationToken.ShouldBe(cancelled.Token);
    }

    [Fact]
    public async Task Pool_1_8_a_probe_sends_no_data_and_takes_any_answer()
    {
        _receiver.Answer = Receiver.Status(405);

        (await Settings.Open(_services).ProbeAsync(CancellationToken.None).Within()).ShouldBeOfType<SinkProbe.Reachable>();

        _receiver.Requests.Single().Method.ShouldBe("HEAD");
    }

    [Fact]
    public async Task A_probe_of_a_server_that_is_down_says_so()
    {
        var sink = (Settings with { Url = $"http://127.0.0.1:{Ports.Free()}/" }).Open(_services);

        (await sink.ProbeAsync(CancellationToken.None).Within()).ShouldBeOfType<SinkProbe.Unreachable>().Reason.ShouldContain("Connection refused");
    }

    private async Task<IReadOnlyList<SinkOutcome>> SendAsync(HttpSinkSettings settings, IReadOnlyList<SinkItem> items)
    {
        await using var sink = settings.Open(_services);
        return await sink.SendAsync(items, CancellationToken.None).Within();
    }
}
