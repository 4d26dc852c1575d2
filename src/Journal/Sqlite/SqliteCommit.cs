using Sluice.Journal.Engine;

namespace Sluice.Journal.Sqlite;

/// <summary>Carries out a plan in one transaction.</summary>
internal sealed class SqliteCommit(SqliteDatabase database, string name)
{
    private const string Contents = "content_type, arguments, tube, node, epoch, trace_id, payload";

    private readonly SqliteStatement _begin = database.Prepare("begin immediate");
    private readonly SqliteStatement _commit = database.Prepare("commit");

    private readonly SqliteStatement _item = database.Prepare(
        $"insert into item (position, sequence, audience, size, accepted_at, crc, {Contents}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

    private readonly SqliteStatement _delete = database.Prepare("delete from item where audience = ? and position between ? and ?");

    private readonly SqliteStatement _pool = database.Prepare(
        "update pool set last_position = ?, last_sequence = ?, items = ?, bytes = ?, dead_letters = ?, dead_bytes = ?, revision = ?, crc = ?");

    private readonly SqliteStatement _sink = database.Prepare(
        """
        insert into sink (id, name, standing, leaving_to, cursor, accepted, delivered, pending, pending_bytes, dead, redriving, revision, crc)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (id) do update set standing = excluded.standing, leaving_to = excluded.leaving_to, cursor = excluded.cursor,
            accepted = excluded.accepted, delivered = excluded.delivered, pending = excluded.pending, pending_bytes = excluded.pending_bytes,
            dead = excluded.dead, redriving = excluded.redriving,
            revision = excluded.revision, crc = excluded.crc
        """);

    public void CarryOut(PoolState pool, CommitPlan plan)
    {
        _begin.Run();
        try
        {
            Write(plan);
            SqliteMessages.Write(database, plan.Messages.Values, plan.MessagesGoneUpTo);
            WriteDeadLetters(plan);
            foreach (var (audience, range) in plan.Deletions)
            {
                _delete.Bind(1, audience).Bind(2, range.First).Bind(3, range.Last).Run();
            }

            WriteState(pool, plan);
            _commit.Run();
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    private void Write(CommitPlan plan)
    {
        foreach (var audience in plan.NewAudiences)
        {
            foreach (var member in audience.Members)
            {
                database.Prepare("insert into audience (id, sink, sink_name, crc) values (?, ?, ?, ?)")
                    .Bind(1, audience.Id).Bind(2, member.Id).Bind(3, member.Name)
                    .Bind(4, RowChecksum.OfAudience(audience.Id, member.Id, member.Name)).Run();
            }
        }

        foreach (ref readonly var row in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(plan.Items))
        {
            _item.Bind(1, row.Position).Bind(2, row.Sequence).Bind(3, row.Audience).Bind(4, row.Size)
                .Bind(5, row.Content.AcceptedAt).Bind(6, row.Crc)
                .Bind(7, row.Content.ContentType).Bind(8, row.Content.Arguments)
                .Bind(9, row.Content.Tube).Bind(10, row.Content.Node).Bind(11, row.Content.Epoch).Bind(12, row.Content.TraceId)
                .Bind(13, row.Content.Payload.Span).Run();
        }

        foreach (var copy in plan.Copies)
        {
            database.Prepare(
                $"""
                insert into item (position, sequence, audience, size, accepted_at, crc, {Contents})
                select ?, sequence, ?, size, accepted_at, crc, {Contents} from item where position = ?
                """).Bind(1, copy.Position).Bind(2, copy.Audience).Bind(3, copy.From).Run();
        }
    }

    private void WriteDeadLetters(CommitPlan plan)
    {
        foreach (var redrive in plan.Redrives)
        {
            database.Prepare(
                $"""
                insert into item (position, sequence, audience, size, accepted_at, crc, {Contents})
                select ?, sequence, ?, size, accepted_at, crc, {Contents} from dead_letter where id = ?
                """).Bind(1, redrive.Position).Bind(2, redrive.Audience).Bind(3, redrive.DeadLetter).Run();
            database.Prepare("update dead_letter set redrive_position = ?, redrives = redrives + 1 where id = ?")
                .Bind(1, redrive.Position).Bind(2, redrive.DeadLetter).Run();
        }

        foreach (var (sink, position, reason, at) in plan.DeadLetters)
        {
            database.Prepare(
                $"""
                insert into dead_letter (sink, sequence, size, accepted_at, crc, {Contents}, last_try, attempts, class, error, response, redrives)
                select ?, sequence, size, accepted_at, crc, {Contents}, ?, ?, ?, ?, ?, 0 from item where position = ?
                """).Bind(1, sink).Bind(2, at).Bind(3, reason.Attempts).Bind(4, Words.Of(reason.Class))
                .Bind(5, reason.Error).Bind(6, reason.Response).Bind(7, position).Run();
        }

        foreach (var (id, reason, at) in plan.DeadAgain)
        {
            database.Prepare(
                """
                update dead_letter set redrive_position = null, last_try = ?, attempts = attempts + ?, class = ?, error = ?, response = ?
                where id = ?
                """).Bind(1, at).Bind(2, reason.Attempts).Bind(3, Words.Of(reason.Class))
                .Bind(4, reason.Error).Bind(5, reason.Response).Bind(6, id).Run();
        }

        foreach (var id in plan.DeadLettersGone)
        {
            database.Prepare("delete from dead_letter where id = ?").Bind(1, id).Run();
        }
    }

    private void WriteState(PoolState pool, CommitPlan plan)
    {
        pool.Revision++;
        foreach (var sink in plan.Sinks)
        {
            WriteSink(sink, pool.Revision);
            foreach (var reason in sink.TouchedReasons)
            {
                database.Prepare(
                    "insert into dropped (sink, reason, items, crc) values (?, ?, ?, ?) on conflict do update set items = excluded.items, crc = excluded.crc")
                    .Bind(1, sink.Id).Bind(2, reason).Bind(3, sink.Dropped[reason])
                    .Bind(4, RowChecksum.OfDropped(sink.Id, reason, sink.Dropped[reason])).Run();
            }

            WriteSettled(sink);
        }

        ReadOnlySpan<long> numbers =
            [pool.LastPosition, pool.LastSequence, pool.Items, pool.Bytes, pool.DeadLetters, pool.DeadBytes, pool.Revision];
        Bind(_pool, 1, numbers).Bind(8, RowChecksum.OfPool(name, numbers)).Run();
    }

    private void WriteSink(SinkState sink, long revision)
    {
        ReadOnlySpan<long> numbers =
        [
            sink.Cursor, sink.Accepted, sink.Delivered, sink.Pending, sink.PendingBytes, sink.Dead, sink.Redriving, revision,
        ];
        var standing = Words.Of(sink.Standing);
        Bind(_sink.Bind(1, sink.Id).Bind(2, sink.Name).Bind(3, standing).Bind(4, sink.LeavingTo), 5, numbers)
            .Bind(13, RowChecksum.OfSink(sink.Id, sink.Name, standing, sink.LeavingTo, numbers)).Run();
    }

    private static SqliteStatement Bind(SqliteStatement statement, int from, ReadOnlySpan<long> numbers)
    {
        foreach (var number in numbers)
        {
            statement.Bind(from++, number);
        }

        return statement;
    }

    private void WriteSettled(SinkState sink)
    {
        foreach (var first in sink.Settled.Touched)
        {
            if (sink.Settled.LastOfRangeStartingAt(first) is { } last)
            {
                database.Prepare(
                    "insert into settled (sink, first, last, crc) values (?, ?, ?, ?) on conflict do update set last = excluded.last, crc = excluded.crc")
                    .Bind(1, sink.Id).Bind(2, first).Bind(3, last).Bind(4, RowChecksum.OfSettled(sink.Id, first, last)).Run();
            }
            else
            {
                database.Prepare("delete from settled where sink = ? and first = ?").Bind(1, sink.Id).Bind(2, first).Run();
            }
        }
    }

    private void RollBack()
    {
        try
        {
            database.Execute("rollback");
        }
        catch (Errors.JournalException)
        {
            // SQLite has rolled back by itself on the failure that brought us here, which is the one to report.
        }
    }
}
