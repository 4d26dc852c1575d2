using Sluice.Actors.Pools;
using Sluice.Actors.Pools.Sending;
using Sluice.Exporters.Sinks;
using Sluice.Messages.Pools;
using Sluice.TestKit;

namespace Sluice.Actors.Tests.Pools.Sending;

/// <summary>An outbox with a clock, and a hand that plays the exporter: it sends what the outbox says and ends attempts as a test wants.</summary>
internal sealed class Desk
{
    private static readonly NullSinkSettings Nowhere = new() { Name = "sink" };
    private long _order;

    public Desk(PoolExporterSettings? settings = null, SaveMode save = SaveMode.WriteAhead, bool manual = false, long head = 0)
    {
        var context = new ExporterContext
        {
            Pool = "test",
            Sink = Nowhere.Open(new SinkServices()),
            Settings = settings ?? Settings.Exporter().Exact(),
            Save = save,
            ManualReexport = manual,
            ReportsProgress = true,
            Journal = null!,
            Time = Clock,
            Random = new Random(1),
        };
        Outbox = new Outbox(context, Counters);
        Outbox.Begin(head, owesAnything: head > 0);
    }

    public TestClock Clock { get; } = new();

    public ExporterCounters Counters { get; } = new();

    public Outbox Outbox { get; }

    public Dictionary<long, ExportResult> Results { get; } = [];

    /// <summary>Hands over so many items; returns their numbers.</summary>
    public long[] Hand(int count, int bytes = 10)
    {
        var entries = Enumerable.Range(0, count).Select(_ => Entry(++_order, bytes)).ToArray();
        Outbox.Hand(entries);
        Look();
        return [.. entries.Select(entry => entry.Order)];
    }

    public PoolEntry Entry(long order, int bytes = 10, bool isSaved = true, bool isBacklog = false) => new()
    {
        Order = order,
        Position = IsSaved && isSaved ? order : 0,
        Item = new SinkItem { Key = $"test:{order}", Payload = new byte[bytes] },
        AcceptedAt = Clock.GetUtcNow(),
        ArrivedAt = isBacklog ? 0 : Clock.GetTimestamp(),
        IsAwaited = !isBacklog,
    };

    public bool IsSaved { get; init; } = true;

    /// <summary>The next batch, which must be there.</summary>
    public Batch Take()
    {
        Outbox.TryTake(out var batch, out _, out var wait).ShouldBeTrue($"nothing to send, wait {wait}");
        return batch!;
    }

    /// <summary>How long the outbox wants to wait; there must be nothing to send.</summary>
    public TimeSpan Wait()
    {
        Outbox.TryTake(out var batch, out _, out var wait).ShouldBeFalse(batch is null ? "" : Numbers(batch));
        return wait;
    }

    public void End(Batch batch, Func<PoolEntry, SinkOutcome> outcome, TimeSpan latency = default)
    {
        Outbox.Ended(new AttemptEnded(batch, [.. batch.Entries.Select(outcome)], latency, WasStopped: false));
        Look();
    }

    public void Deliver(Batch batch) => End(batch, _ => SinkOutcome.Delivered.Silently);

    public void Fail(Batch batch, TimeSpan? retryAfter = null) => End(batch, _ => new SinkOutcome.RetryLater("down", retryAfter));

    public void RefuseTogether(Batch batch) => End(batch, _ => new SinkOutcome.RefusedTogether("one is bad", "http-400"));

    public static string Numbers(Batch batch) => string.Join(' ', batch.Entries.Select(entry => entry.Order));

    private void Look()
    {
        foreach (var (order, result) in Outbox.Aftermath.TakeResults())
        {
            Results.TryAdd(order, result);
        }
    }
}
