using Sluice.Journal.Engine;
using Sluice.Journal.Reports;

namespace Sluice.Journal.Sqlite.Salvage;

/// <summary>
/// The small rows found on any page of any age whose checksums match. They only ever grow (cursors go up, what is settled stays settled), so an old copy
/// is a true statement, merely a weaker one: the newest wins, and believing an old one at worst sends an item again.
/// </summary>
internal sealed class Finds
{
    private const int PoolColumns = 12;
    private const int SinkColumns = 13;

    private readonly Dictionary<long, (long Revision, StoredSink Sink)> _sinks = [];
    private readonly Dictionary<(long Sink, string Reason), long> _dropped = [];
    private readonly Dictionary<(long Sink, long First), long> _settled = [];
    private readonly Dictionary<(long Audience, long Sink), string> _audiences = [];
    private long _poolRevision = -1;

    public StoredState Pool { get; } = new();

    public bool HasPool => _poolRevision >= 0;

    public void Look(long row, object?[] values)
    {
        switch (values)
        {
            case { Length: PoolColumns } when Numbers(values, 4, 7) is { } numbers && values[0] is string name:
                TakePool(name, numbers, values[11]);
                break;
            case { Length: SinkColumns } when values[1] is string name && values[2] is string standing && Numbers(values, 4, 8) is { } numbers:
                TakeSink(row, name, standing, values[3] as string, numbers, values[12]);
                break;
            case [long sink, string reason, long items, long crc] when RowChecksum.OfDropped(sink, reason, items) == crc:
                _dropped[(sink, reason)] = Math.Max(items, _dropped.GetValueOrDefault((sink, reason)));
                break;
            case [long id, long sink, string name, long crc] when RowChecksum.OfAudience(id, sink, name) == crc:
                _audiences[(id, sink)] = name;
                break;
            case [long sink, long first, long last, long crc] when RowChecksum.OfSettled(sink, first, last) == crc:
                _settled[(sink, first)] = Math.Max(last, _settled.GetValueOrDefault((sink, first)));
                break;
        }
    }

    /// <summary>The sinks and audiences, with a sentence for each sink whose own row is gone.</summary>
    public StoredState Assemble(List<string> remarks)
    {
        var state = Pool;
        foreach (var ((_, sink), name) in _audiences)
        {
            if (_sinks.TryAdd(sink, (0, new StoredSink((int)sink, name, SinkStanding.Active, null, SinkNumbers.Of(new long[7])))))
            {
                remarks.Add($"The cursor and ledger of the sink {name} were lost: everything still stored for it is sent again, under the same keys.");
            }
        }

        foreach (var ((sink, reason), items) in _dropped.Where(found => _sinks.ContainsKey(found.Key.Sink)))
        {
            _sinks[sink].Sink.Dropped[reason] = items;
        }

        foreach (var sink in _sinks.Values.Select(found => found.Sink).OrderBy(sink => sink.Id))
        {
            sink.Settled.AddRange(SettledOf(sink));
            state.Sinks.Add(sink);
        }

        foreach (var (audience, sink) in _audiences.Keys.Order())
        {
            SqliteState.Member(state, (int)audience, (int)sink);
        }

        return state;
    }

    private void TakePool(string name, long[] numbers, object? crc)
    {
        if (crc is long stored && RowChecksum.OfPool(name, numbers) == stored && numbers[6] > _poolRevision)
        {
            _poolRevision = numbers[6];
            (Pool.LastPosition, Pool.LastSequence, Pool.Revision) = (numbers[0], numbers[1], numbers[6]);
        }
    }

    private void TakeSink(long id, string name, string standing, string? leavingTo, long[] numbers, object? crc)
    {
        if (crc is long stored && RowChecksum.OfSink(id, name, standing, leavingTo, numbers) == stored
            && (!_sinks.TryGetValue(id, out var known) || known.Revision < numbers[7])
            && Enum.TryParse<SinkStanding>(standing, ignoreCase: true, out var parsed))
        {
            _sinks[id] = (numbers[7], new StoredSink((int)id, name, parsed, leavingTo, SinkNumbers.Of(numbers)));
        }
    }

    /// <summary>Ranges above the cursor, old and new ones united.</summary>
    private List<PositionRange> SettledOf(StoredSink sink)
    {
        var united = new List<PositionRange>();
        foreach (var ((_, first), last) in _settled.Where(found => found.Key.Sink == sink.Id && found.Value > sink.Numbers.Cursor).OrderBy(found => found.Key.First))
        {
            var start = Math.Max(first, sink.Numbers.Cursor + 1);
            if (united.Count > 0 && united[^1].Last + 1 >= start)
            {
                united[^1] = united[^1] with { Last = Math.Max(united[^1].Last, last) };
            }
            else
            {
                united.Add(new PositionRange(start, last));
            }
        }

        return united;
    }

    private static long[]? Numbers(object?[] values, int from, int count)
    {
        var numbers = new long[count];
        for (var index = 0; index < count; index++)
        {
            if (values[from + index] is not long number)
            {
                return null;
            }

            numbers[index] = number;
        }

        return numbers;
    }
}
