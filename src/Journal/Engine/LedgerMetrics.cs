using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Sluice.Journal.Reports;

namespace Sluice.Journal.Engine;

/// <summary>
/// Tells the ledgers of the open journals as metrics of the meter <c>Sluice</c>. All numbers of a journal come from one commit, so that what is collected
/// adds up as the ledger does: accepted = delivered + pending + dead + dropped.
/// </summary>
internal static class LedgerMetrics
{
    private static readonly Meter Meter = new("Sluice");
    private static readonly ConcurrentDictionary<JournalEngine, byte> Journals = [];

    static LedgerMetrics()
    {
        Meter.CreateObservableUpDownCounter("sluice.pool.items", Items, "{item}", "Items of a pool by sink and by what became of them.");
        Meter.CreateObservableUpDownCounter("sluice.pool.pending.bytes", PendingBytes, "By", "Payload and arguments of the items that a sink is owed.");
    }

    public static void Add(JournalEngine journal) => Journals.TryAdd(journal, 0);

    public static void Remove(JournalEngine journal) => Journals.TryRemove(journal, out _);

    private static IEnumerable<Measurement<long>> Items() =>
        from page in Pages()
        from entry in Entries(page.Sink)
        select new Measurement<long>(entry.Items, [.. page.Tags, new("sluice.item.state", entry.State), .. Reason(entry.Reason)]);

    private static IEnumerable<Measurement<long>> PendingBytes() =>
        from page in Pages()
        select new Measurement<long>(page.Sink.PendingBytes, page.Tags);

    private static IEnumerable<(SinkStatus Sink, KeyValuePair<string, object?>[] Tags)> Pages() =>
        from journal in Journals.Keys
        let status = journal.Status
        from sink in status.Sinks.Values
        select (sink, (KeyValuePair<string, object?>[])[new("sluice.pool.name", status.Pool), new("sluice.sink.name", sink.Sink)]);

    private static IEnumerable<(string State, string? Reason, long Items)> Entries(SinkStatus sink) =>
    [
        ("accepted", null, sink.Accepted),
        ("delivered", null, sink.Delivered),
        ("pending", null, sink.Pending),
        ("dead", null, sink.Dead),
        .. sink.Dropped.Select(dropped => ("dropped", (string?)dropped.Key, dropped.Value)),
    ];

    private static IEnumerable<KeyValuePair<string, object?>> Reason(string? reason) =>
        reason is null ? [] : [new KeyValuePair<string, object?>("sluice.drop.reason", reason)];
}
