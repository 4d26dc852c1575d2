using System.Globalization;
using Sluice.Journal.Errors;
using Sluice.Journal.Reports;

namespace Sluice.Journal.Engine;

/// <summary>Counts every row and compares with the ledger.</summary>
internal sealed class LedgerCheck : IJournalVisitor
{
    private readonly List<string> _faults = [];
    private readonly Dictionary<int, Count> _counts = [];
    private PoolState? _pool;
    private StoredState _stored = new();
    private long _items;
    private long _bytes;
    private long _deadLetters;
    private long _deadBytes;

    /// <summary>The cheap part, for every opening: each page must add up by itself.</summary>
    public static void Demand(string where, StoredState state)
    {
        foreach (var sink in state.Sinks)
        {
            var (numbers, dropped) = (sink.Numbers, sink.Dropped.Values.Sum());
            if (numbers.Accepted != numbers.Delivered + numbers.Pending + numbers.Dead + dropped)
            {
                throw new JournalDamagedException(where, PageFault(sink), null);
            }
        }
    }

    /// <summary>The first fault that is more than an item with bad bytes, which is dealt with when it is read; null when there is none.</summary>
    public string? FirstDisagreement { get; private set; }

    public void Begin(StoredState state)
    {
        _stored = state;
        _pool = new PoolState(state);
        foreach (var sink in state.Sinks)
        {
            _counts.Add(sink.Id, new Count());
            if (sink.Numbers.Accepted != sink.Numbers.Delivered + sink.Numbers.Pending + sink.Numbers.Dead + sink.Dropped.Values.Sum())
            {
                Disagree(PageFault(sink));
            }
        }
    }

    public void Item(StoredItem item)
    {
        _items++;
        _bytes += item.Size;
        if (!item.IsSound)
        {
            _faults.Add(Text($"Item {item.Sequence} at position {item.Position} does not match its checksum."));
        }

        var owed = false;
        foreach (var sink in _pool!.FindAudience(item.Audience)?.Members ?? [])
        {
            if (!sink.HasSettled(item.Position))
            {
                owed = true;
                _counts[sink.Id].Pending++;
                _counts[sink.Id].PendingBytes += item.Size;
            }
        }

        if (!owed)
        {
            Disagree(Text($"Item {item.Sequence} at position {item.Position} is owed to nobody and still stored."));
        }
    }

    public void DeadLetter(int sink, bool redriving, long size)
    {
        _deadLetters++;
        _deadBytes += size;
        if (!_counts.TryGetValue(sink, out var count))
        {
            Disagree(Text($"A dead letter names sink {sink}, which does not exist."));
            return;
        }

        if (redriving)
        {
            count.Redriving++;
        }
        else
        {
            count.Dead++;
        }
    }

    public JournalCheck Conclude()
    {
        Compare("the pool", "items", _stored.Items, _items);
        Compare("the pool", "bytes", _stored.Bytes, _bytes);
        Compare("the pool", "dead letters", _stored.DeadLetters, _deadLetters);
        Compare("the pool", "bytes of dead letters", _stored.DeadBytes, _deadBytes);
        foreach (var sink in _stored.Sinks)
        {
            var count = _counts[sink.Id];
            Compare(sink.Name, "pending items", sink.Numbers.Pending, count.Pending);
            Compare(sink.Name, "pending bytes", sink.Numbers.PendingBytes, count.PendingBytes);
            Compare(sink.Name, "dead letters", sink.Numbers.Dead, count.Dead);
            Compare(sink.Name, "redriven dead letters", sink.Numbers.Redriving, count.Redriving);
        }

        return new JournalCheck(_items, _deadLetters, _faults);
    }

    private void Compare(string whose, string what, long ledger, long rows)
    {
        if (ledger != rows)
        {
            Disagree(Text($"The ledger says {ledger} {what} for {whose}, and there are {rows}."));
        }
    }

    private void Disagree(string fault)
    {
        FirstDisagreement ??= fault;
        _faults.Add(fault);
    }

    private static string PageFault(StoredSink sink)
    {
        var (numbers, dropped) = (sink.Numbers, sink.Dropped.Values.Sum());
        var page = Text($"accepted {numbers.Accepted}, delivered {numbers.Delivered}, pending {numbers.Pending}, dead {numbers.Dead}, dropped {dropped}");
        return $"The ledger of {sink.Name} does not add up: {page}.";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Count
    {
        public long Pending { get; set; }

        public long PendingBytes { get; set; }

        public long Dead { get; set; }

        public long Redriving { get; set; }
    }
}
