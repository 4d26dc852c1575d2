namespace Sluice.Journal.Engine;

/// <summary>
/// Decides what a settlement changes. A batch that is all that the sink was owed between its ends (the usual case) costs one look at the index per
/// audience; anything else is settled item by item. Writer only.
/// </summary>
internal sealed class Settler(IJournalStore store, CommitPlan plan, TimeProvider time)
{
    private const int ResponseExcerpt = 4096;

    private readonly List<Settlement> _batch = [];
    private readonly List<(Audience Audience, RangeTotals Totals)> _measured = [];
    private readonly List<RedriveMark> _redrives = [];

    public async ValueTask<int> SettleAsync(PoolState pool, SinkState sink, IReadOnlyList<Settlement> outcomes)
    {
        TakeInOrder(outcomes);
        if (_batch.Count == 0)
        {
            return 0;
        }

        var range = new PositionRange(_batch[0].Position, _batch[^1].Position);
        _redrives.Clear();
        if (sink.Redriving > 0)
        {
            await store.ReadRedrivesAsync(sink.Id, range, _redrives).ConfigureAwait(false);
        }

        var settled = await IsAllThatIsOwedAsync(sink, range).ConfigureAwait(false)
            ? await SettleWholeAsync(pool, sink, range).ConfigureAwait(false)
            : await SettleOneByOneAsync(pool, sink).ConfigureAwait(false);
        if (settled > 0)
        {
            await AdvanceAsync(pool, sink).ConfigureAwait(false);
            plan.Sinks.Add(sink);
            plan.PoolChanged = true;
            plan.Settled += settled;
        }

        return settled;
    }

    private void TakeInOrder(IReadOnlyList<Settlement> outcomes)
    {
        _batch.Clear();
        var ordered = true;
        for (var index = 0; index < outcomes.Count; index++)
        {
            ordered &= _batch.Count == 0 || _batch[^1].Position < outcomes[index].Position;
            _batch.Add(outcomes[index]);
        }

        if (!ordered)
        {
            var distinct = _batch.DistinctBy(outcome => outcome.Position).OrderBy(outcome => outcome.Position).ToList();
            _batch.Clear();
            _batch.AddRange(distinct);
        }
    }

    private async ValueTask<bool> IsAllThatIsOwedAsync(SinkState sink, PositionRange range)
    {
        if (range.First <= sink.Cursor || sink.Settled.Overlaps(range.First, range.Last))
        {
            return false;
        }

        _measured.Clear();
        RangeTotals found = default;
        foreach (var audience in sink.Audiences)
        {
            var totals = await store.MeasureAsync(audience.Id, range).ConfigureAwait(false);
            found += totals;
            if (totals.Items > 0)
            {
                _measured.Add((audience, totals));
            }
        }

        return found.Items == _batch.Count && found.PositionSum == SumOfPositions();
    }

    private long SumOfPositions()
    {
        long sum = 0;
        foreach (var outcome in _batch)
        {
            sum += outcome.Position;
        }

        return sum;
    }

    private async ValueTask<int> SettleWholeAsync(PoolState pool, SinkState sink, PositionRange range)
    {
        foreach (var outcome in _batch)
        {
            await AccountAsync(pool, sink, outcome).ConfigureAwait(false);
        }

        sink.Settled.Add(range.First, range.Last);
        foreach (var (audience, totals) in _measured)
        {
            sink.PendingBytes -= totals.Bytes;
            await DeleteWhatNobodyIsOwedAsync(pool, sink, audience, range, totals).ConfigureAwait(false);
        }

        return _batch.Count;
    }

    private async ValueTask<int> SettleOneByOneAsync(PoolState pool, SinkState sink)
    {
        var settled = 0;
        foreach (var outcome in _batch)
        {
            if (sink.HasSettled(outcome.Position)
                || await store.FindAsync(outcome.Position).ConfigureAwait(false) is not { } header
                || pool.FindAudience(header.Audience) is not { } audience
                || !audience.Includes(sink))
            {
                continue;
            }

            await AccountAsync(pool, sink, outcome).ConfigureAwait(false);
            sink.PendingBytes -= header.Size;
            sink.Settled.Add(outcome.Position, outcome.Position);
            var alone = new PositionRange(outcome.Position, outcome.Position);
            await DeleteWhatNobodyIsOwedAsync(pool, sink, audience, alone, new RangeTotals(1, header.Size, outcome.Position)).ConfigureAwait(false);
            settled++;
        }

        return settled;
    }

    private async ValueTask AccountAsync(PoolState pool, SinkState sink, Settlement outcome)
    {
        sink.Pending--;
        var redriven = TakeRedrive(sink, outcome.Position);
        switch (outcome.Kind)
        {
            case SettlementKind.Delivered:
                sink.Delivered++;
                break;
            case SettlementKind.Dropped:
                sink.Drop(outcome.Reason!, 1);
                break;
            case SettlementKind.Dead:
                await BuryAsync(pool, sink, outcome.Position, outcome.Dead!, redriven).ConfigureAwait(false);
                return;
        }

        if (redriven is { } deadLetter)
        {
            plan.DeadLettersGone.Add(deadLetter.Id);
            pool.DeadLetters--;
            pool.DeadBytes -= deadLetter.Size;
        }
    }

    private async ValueTask BuryAsync(PoolState pool, SinkState sink, long position, DeadReason reason, RedriveMark? redriven)
    {
        sink.Dead++;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        reason = reason with { Error = ItemTexts.Cleaned(reason.Error), Response = Excerpt(reason.Response) };
        if (redriven is { } deadLetter)
        {
            plan.DeadAgain.Add(new DeadAgain(deadLetter.Id, reason, now));
            return;
        }

        plan.DeadLetters.Add(new NewDeadLetter(sink.Id, position, reason, now));
        pool.DeadLetters++;
        pool.DeadBytes += (await store.FindAsync(position).ConfigureAwait(false))?.Size ?? 0;
    }

    private static string? Excerpt(string? response) =>
        response is null ? null : ItemTexts.Cleaned(response.Length > ResponseExcerpt ? response[..ResponseExcerpt] : response);

    private RedriveMark? TakeRedrive(SinkState sink, long position)
    {
        foreach (var mark in _redrives)
        {
            if (mark.Position == position)
            {
                sink.Redriving--;
                return mark;
            }
        }

        return null;
    }

    /// <summary>The last of an item's sinks to settle it deletes it; only what this settlement added can have become free.</summary>
    private async ValueTask DeleteWhatNobodyIsOwedAsync(
        PoolState pool, SinkState sink, Audience audience, PositionRange range, RangeTotals totals)
    {
        var free = new List<PositionRange> { range };
        foreach (var other in audience.Members)
        {
            if (other == sink || free.Count == 0)
            {
                continue;
            }

            var narrower = new List<PositionRange>();
            foreach (var part in free)
            {
                other.CollectSettled(part, narrower);
            }

            free = narrower;
        }

        foreach (var part in free)
        {
            var gone = part == range ? totals : await store.MeasureAsync(audience.Id, part).ConfigureAwait(false);
            if (gone.Items > 0)
            {
                plan.Delete(audience.Id, part);
                pool.Items -= gone.Items;
                pool.Bytes -= gone.Bytes;
            }
        }
    }

    /// <summary>Moves the cursor over ranges that begin where the sink is owed nothing in between.</summary>
    private async ValueTask AdvanceAsync(PoolState pool, SinkState sink)
    {
        if (sink.Pending == 0)
        {
            sink.Cursor = pool.LastPosition;
            sink.Settled.Clear();
            return;
        }

        while (sink.Settled.Count > 0 && !await IsOwedBetweenAsync(sink, sink.Cursor, sink.Settled.Lowest.First).ConfigureAwait(false))
        {
            sink.Cursor = sink.Settled.Lowest.Last;
            sink.Settled.RemoveLowest();
        }
    }

    private async ValueTask<bool> IsOwedBetweenAsync(SinkState sink, long after, long before)
    {
        if (after + 1 >= before)
        {
            return false;
        }

        foreach (var audience in sink.Audiences)
        {
            if (await store.AnyAsync(audience.Id, new PositionRange(after + 1, before - 1)).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }
}
