using System.Globalization;
using Sluice.Journal.Engine;
using Sluice.Journal.Reports;

namespace Sluice.Journal.Sqlite.Salvage;

/// <summary>Makes the ledger of a recovered file agree with its rows: what is missing is counted as dropped, with the reason <c>damaged</c>.</summary>
internal sealed class LedgerRebuild(SqliteDatabase database, StoredState found, List<string> remarks)
{
    private const string Damaged = "damaged";
    private const string HomelessSink = "recovered";

    // More are of no use to a person; the ledger has the exact count.
    private const int MostRanges = 1000;

    // Numbers that were given to items which are gone without a trace must not be given again.
    private const long SequenceGap = 1_000_000;

    private const long Unknown = -1;

    private readonly List<SequenceRange> _gaps = [];
    private readonly Dictionary<int, (long Items, long Bytes)> _pending = [];
    private long _lastPosition;
    private long _lastSequence;
    private long _items;
    private long _bytes;
    private long _lost;
    private bool _isLedgerLost;

    public long Items => _items;

    public long DeadLetters { get; private set; }

    // Numbers that everybody has are missing too. Only a ledger that could be read says that nothing else is.
    public IReadOnlyList<SequenceRange> SequencesLost => _lost > 0 || _isLedgerLost ? _gaps : [];

    public void Run(bool hasPool)
    {
        _isLedgerLost = remarks.Count > 0 || found.Sinks.Count == 0;
        GiveEveryAudienceMembers();
        var pool = new PoolState(found);
        DeleteWhatNobodyIsOwed(pool);
        pool.LastPosition = Math.Max(found.LastPosition, Math.Max(_lastPosition, pool.Sinks.Max(sink => sink.Cursor)));
        pool.LastSequence = Math.Max(found.LastSequence, _lastSequence) + (hasPool ? 0 : SequenceGap);
        if (!hasPool)
        {
            remarks.Add($"The last number given was lost: the next one is {pool.LastSequence + 1}.");
        }

        pool.Items = _items;
        pool.Bytes = _bytes;
        EndBrokenRedrives();
        foreach (var sink in pool.Sinks)
        {
            Balance(sink);
        }

        NoteTail(pool);
        ForgetMessagesIfItemsAreLost();
        DeadLetters = pool.DeadLetters = database.Number("select count(*) from dead_letter");
        pool.DeadBytes = database.Number("select coalesce(sum(size), 0) from dead_letter");
        Write(pool);
    }

    private void GiveEveryAudienceMembers()
    {
        if (found.Sinks.Count == 0)
        {
            found.Sinks.Add(new StoredSink(1, HomelessSink, SinkStanding.Detached, null, SinkNumbers.Of(new long[7])));
            remarks.Add($"The names of the sinks were lost: what was found is owed to a sink called {HomelessSink}, to be handed to another.");
        }

        SqliteRows.Each(database, "select distinct audience from item", row =>
        {
            if (found.Audiences.TryAdd((int)row.Int64(0), found.Sinks.ConvertAll(sink => sink.Id)))
            {
                remarks.Add("It was lost to whom some items were owed: they are sent to every sink, under the same keys.");
            }
        });
    }

    private void DeleteWhatNobodyIsOwed(PoolState pool)
    {
        var first = pool.Sinks.Min(sink => sink.Cursor);
        (_lastPosition, _lastSequence) = (first, found.LastPosition == found.LastSequence ? first : Unknown);
        var settled = new List<long>();
        SqliteRows.Each(database, "select position, sequence, audience, size from item order by position", row =>
        {
            if (!Owe(pool, row.Int64(0), row.Int64(2), row.Int64(3)))
            {
                settled.Add(row.Int64(0));
            }

            NoteGap(row.Int64(0), row.Int64(1));
        });
        foreach (var position in settled)
        {
            database.Prepare("delete from item where position = ?").Bind(1, position).Run();
        }
    }

    private bool Owe(PoolState pool, long position, long audience, long size)
    {
        var owed = false;
        foreach (var sink in pool.FindAudience((int)audience)!.Members)
        {
            if (!sink.HasSettled(position))
            {
                var (items, bytes) = _pending.GetValueOrDefault(sink.Id);
                _pending[sink.Id] = (items + 1, bytes + size);
                owed = true;
            }
        }

        _items += owed ? 1 : 0;
        _bytes += owed ? size : 0;
        return owed;
    }

    private void NoteGap(long position, long sequence)
    {
        if (position > _lastPosition + 1 && sequence > _lastSequence + 1 && _lastSequence != Unknown && _gaps.Count < MostRanges)
        {
            _gaps.Add(new SequenceRange(_lastSequence + 1, sequence - 1));
        }

        (_lastPosition, _lastSequence) = (Math.Max(position, _lastPosition), Math.Max(sequence, _lastSequence));
    }

    private void NoteTail(PoolState pool)
    {
        if (found.LastSequence > _lastSequence && pool.Sinks.Any(sink => sink.Cursor < found.LastPosition))
        {
            _gaps.Add(new SequenceRange(Math.Max(_lastSequence, 0) + 1, found.LastSequence));
        }
    }

    /// <summary>What a remembered message brought may be what is lost: its queue may still have it, and must not hear that it is here.</summary>
    private void ForgetMessagesIfItemsAreLost()
    {
        if (_lost > 0 || _isLedgerLost)
        {
            database.Execute("delete from message");
        }
    }

    private void EndBrokenRedrives() => database.Execute(
        "update dead_letter set redrive_position = null where redrive_position is not null and redrive_position not in (select position from item)");

    private void Balance(SinkState sink)
    {
        var (items, bytes) = _pending.GetValueOrDefault(sink.Id);
        var resting = Count(sink, "is null");
        var lost = sink.Pending + sink.Dead - items - resting;
        (sink.Pending, sink.PendingBytes, sink.Dead, sink.Redriving) = (items, bytes, resting, Count(sink, "is not null"));
        var unaccounted = sink.Accepted - sink.Delivered - sink.Pending - sink.Dead - sink.Dropped.Values.Sum();
        if (unaccounted > 0)
        {
            sink.Drop(Damaged, unaccounted);
        }

        sink.Accepted += Math.Max(0, -unaccounted);
        if (lost > 0)
        {
            _lost += lost;
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{lost} items of the sink {sink.Name} could not be recovered."));
        }
    }

    private long Count(SinkState sink, string redriving) =>
        database.Number($"select count(*) from dead_letter where sink = {sink.Id.ToString(CultureInfo.InvariantCulture)} and redrive_position {redriving}");

    private void Write(PoolState pool)
    {
        var plan = new CommitPlan { PoolChanged = true };
        foreach (var (audience, members) in found.Audiences)
        {
            plan.NewAudiences.Add(new Audience(audience, [.. members.Select(member => pool.Find(member)!)]));
        }

        foreach (var sink in pool.Sinks)
        {
            sink.TouchedReasons.UnionWith(sink.Dropped.Keys);
            sink.Settled.TouchAll();
            plan.Sinks.Add(sink);
        }

        new SqliteCommit(database, database.Text("select name from pool")!).CarryOut(pool, plan);
    }
}
