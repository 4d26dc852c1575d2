using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sluice.TestKit;

namespace Sluice.Logging.Tests;

/// <summary>Log entries of .NET programs survive what sinks and processes do not (row 23 of the list of complaints).</summary>
public sealed class PoolLoggerSpecs : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly LoggingPool _rig = new();
    private readonly TestClock _clock = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task An_entry_reaches_the_sink_with_all_that_was_said()
    {
        using var activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
        var entry = (await LogAsync(static logger =>
        {
            using (logger.BeginScope("job 7"))
            {
                logger.Log(
                    LogLevel.Warning, new EventId(3, "Late"), new InvalidDataException("bad row"), "{Count} rows of {File} in {Took}, whole: {Whole}",
                    5, "a.csv", TimeSpan.FromSeconds(2), true);
            }
        })).ShouldHaveSingleItem();

        entry.GetProperty("timestamp").GetString().ShouldBe("2030-01-02T03:04:05Z");
        entry.GetProperty("level").GetString().ShouldBe("Warning");
        entry.GetProperty("category").GetString().ShouldBe("Shop.Import");
        (entry.GetProperty("eventId").GetInt32(), entry.GetProperty("eventName").GetString()).ShouldBe((3, "Late"));
        entry.GetProperty("message").GetString().ShouldBe("5 rows of a.csv in 00:00:02, whole: True");
        entry.GetProperty("template").GetString().ShouldBe("{Count} rows of {File} in {Took}, whole: {Whole}");
        entry.GetProperty("attributes").GetRawText().ShouldBe("""{"Count":5,"File":"a.csv","Took":"00:00:02","Whole":true}""");
        entry.GetProperty("scopes").GetRawText().ShouldBe("""["job 7"]""");
        entry.GetProperty("exception").GetProperty("type").GetString().ShouldBe("System.IO.InvalidDataException");
        entry.GetProperty("exception").GetProperty("message").GetString().ShouldBe("bad row");
        entry.GetProperty("traceId").GetString().ShouldBe(activity.TraceId.ToHexString());
        entry.GetProperty("spanId").GetString().ShouldBe(activity.SpanId.ToHexString());
    }

    [Fact]
    public async Task What_cannot_be_shown_harms_nobody()
    {
        var entry = (await LogAsync(static logger => logger.LogInformation("it is {Thing}", new Unprintable()))).ShouldHaveSingleItem();

        entry.GetProperty("message").GetString().ShouldBe("(its text threw NotSupportedException)");
        entry.GetProperty("attributes").GetProperty("Thing").GetString().ShouldBe("(its text threw NotSupportedException)");
    }

    [Fact]
    public async Task Entries_come_in_their_order_and_what_Sluice_says_of_itself_does_not()
    {
        var pool = await _rig.StartAsync();
        await using (var provider = new PoolLoggerProvider(pool, time: _clock))
        {
            var (logger, own) = (provider.CreateLogger("Shop"), provider.CreateLogger("Sluice.Actors.Pools"));
            for (var number = 0; number < 2_000; number++)
            {
                logger.LogInformation("{Number}", number);
                own.LogError("not this");
            }
        }

        await DrainedAsync(pool);

        Entries().Select(entry => entry.GetProperty("attributes").GetProperty("Number").GetInt32()).ShouldBe(Enumerable.Range(0, 2_000));
    }

    [Fact]
    public async Task What_was_flushed_is_in_the_journal_whatever_becomes_of_the_sink_and_is_delivered_by_the_next_start()
    {
        var pool = await _rig.StartAsync(isSinkAway: true);
        await using (var provider = new PoolLoggerProvider(pool))
        {
            provider.CreateLogger("Shop").LogError("one");
            provider.CreateLogger("Shop").LogError("two");
            await provider.FlushAsync().WaitAsync(Deadline);
        }

        await _rig.StopAsync();
        (await _rig.StoredAsync()).Items.ShouldBe(2);

        await DrainedAsync(await _rig.StartAsync());
        Entries().Select(entry => entry.GetProperty("message").GetString()).ShouldBe(["one", "two"]);
    }

    private async Task<IReadOnlyList<JsonElement>> LogAsync(Action<ILogger> log)
    {
        var pool = await _rig.StartAsync();
        var provider = new PoolLoggerProvider(pool, time: _clock);
        using (var factory = new LoggerFactory([provider]))
        {
            log(factory.CreateLogger("Shop.Import"));
        }

        await provider.DisposeAsync();

        await DrainedAsync(pool);
        provider.Dropped.ShouldBe(0);
        return Entries();
    }

    private static async Task DrainedAsync(Actors.Pools.ExporterPool pool)
    {
        using var limit = new CancellationTokenSource(Deadline);
        while (await pool.HasUnsentDataAsync(limit.Token))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        }
    }

    private JsonElement[] Entries() => [.. File.ReadLines(_rig.Lines).Select(static line => JsonDocument.Parse(line).RootElement)];

    private sealed class Unprintable
    {
        public override string ToString() => throw new NotSupportedException();
    }
}
