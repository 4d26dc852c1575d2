using System.Diagnostics.Metrics;
using Sluice.Journal.Contract;
using Sluice.Journal.Settings;

namespace Sluice.Journal.Tests;

public sealed class LedgerMetricsSpecs
{
    private readonly string _pool = $"metered-{Guid.NewGuid():N}";

    [Fact]
    public async Task Pool_5_1_the_ledger_is_exported_as_metrics_that_add_up()
    {
        await using var journal = await OpenAsync();
        await journal.AddSinks("a", "b");
        await journal.Append("1", "2", "3", "4", "5");
        await journal.Deliver("a", 1, 2);
        await journal.Bury("a", 3);
        await journal.SettleAsync("a", [Settlement.Dropped(4, "by-hand")], CancellationToken.None);

        var measured = Collect("sluice.pool.items");

        measured.Where(one => one.Sink == "a").Select(one => (one.State, one.Reason, one.Value)).ShouldBe(
            [("accepted", null, 5), ("delivered", null, 2), ("pending", null, 1), ("dead", null, 1), ("dropped", "by-hand", 1)], ignoreOrder: true);
        measured.Where(one => one.Sink == "b" && one.State != "accepted").Sum(one => one.Value).ShouldBe(5);
        Collect("sluice.pool.pending.bytes").ShouldContain(one => one.Sink == "b" && one.Value == 5);
    }

    [Fact]
    public async Task A_closed_journal_is_not_measured_any_more()
    {
        await using (var journal = await OpenAsync())
        {
            await journal.AddSinks("a");
        }

        Collect("sluice.pool.items").ShouldBeEmpty();
    }

    private ValueTask<IJournal> OpenAsync() =>
        Journals.OpenAsync(_pool, TestSettings.In("") with { Kind = JournalKind.Memory }, TimeProvider.System, CancellationToken.None);

    private List<(string Sink, string State, string? Reason, long Value)> Collect(string name)
    {
        var measured = new List<(string, string, string?, long)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Sluice" && instrument.Name == name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            var known = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string);
            if (known["sluice.pool.name"] == _pool)
            {
                measured.Add((known["sluice.sink.name"]!, known.GetValueOrDefault("sluice.item.state") ?? "", known.GetValueOrDefault("sluice.drop.reason"), value));
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }
}
