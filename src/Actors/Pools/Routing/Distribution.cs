using Sluice.Actors.Pools.Sending;
using Sluice.Journal;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Routing;

/// <summary>Gives committed items their keys, hands them to the exporters, and sees to it that their senders are answered.</summary>
internal sealed class Distribution(ExporterPoolSettings settings, Roster roster, TimeProvider time, IActorRef pool)
{
    /// <summary>The items whose senders wait for results.</summary>
    public Waiters Waiters { get; } = new();

    /// <summary>Items taken since the pool started.</summary>
    public long Accepted { get; private set; }

    /// <summary>The last position of the journal that the exporters know of.</summary>
    public long HandedUpTo { get; set; }

    /// <summary>The last number that was handed over.</summary>
    public long LastOrder { get; private set; }

    /// <summary>Items are committed, or have got their numbers when nothing is saved ahead.</summary>
    public void Hand(Commit commit)
    {
        var (position, order) = (commit.Receipt.FirstPosition, commit.Receipt.FirstSequence);
        var arrived = time.GetTimestamp();
        var entries = new List<PoolEntry>(commit.Sends.Count);
        var known = new KnownItems(commit.Receipt.Known);
        foreach (var send in commit.Sends)
        {
            for (var index = 0; index < send.Items.Count; index++)
            {
                if (send.Items[index] is not { } item)
                {
                    continue;
                }

                if (known.Next() is { } before)
                {
                    send.Answer(index, new SendAnswer.Accepted(new ItemKey(settings.Name, before).ToString()), pool);
                }
                else
                {
                    entries.Add(Enter(send, index, item, order++, position == 0 ? 0 : position++, commit.Receipt.AcceptedAt, arrived));
                }
            }
        }

        Accepted += entries.Count;
        HandedUpTo = Math.Max(HandedUpTo, position - 1);
        LastOrder = Math.Max(LastOrder, order - 1);
        if (entries.Count > 0)
        {
            Hand(entries, commit.Sends[0]);
        }
    }

    private void Hand(List<PoolEntry> entries, PendingSend first)
    {
        if (first.OwedTo.Sinks is [var only])
        {
            roster.Find(only)?.Actor?.Tell(new OwedMore(HandedUpTo), pool);
            return;
        }

        var handover = new Handover(entries);
        foreach (var seat in roster.Seats.Where(seat => seat.Leaving is null))
        {
            if (seat.Actor is { } exporter)
            {
                exporter.Tell(handover, pool);
            }
            else
            {
                Miss(seat, entries);
            }
        }
    }

    private PoolEntry Enter(PendingSend send, int index, PoolItem item, long order, long position, DateTimeOffset acceptedAt, long arrived)
    {
        var key = new ItemKey(settings.Name, order);
        var sinkItem = JournalItems.ToSink(item, key, acceptedAt);
        var isAwaited = settings.WaitForResult && !send.IsSavedByHand && Waiters.Count < settings.WaitingResults && roster.Counting.Length > 0;
        if (isAwaited)
        {
            Waiters.Add(order, new Waiter(send, index, sinkItem.Key, roster.Counting));
        }
        else
        {
            send.Answer(index, new SendAnswer.Accepted(sinkItem.Key), pool);
        }

        return new PoolEntry
        {
            Order = order,
            Position = position,
            Item = sinkItem,
            AcceptedAt = acceptedAt,
            ArrivedAt = Math.Max(arrived, 1),
            IsAwaited = isAwaited,
        };
    }

    /// <summary>The exporter is between a crash and its next start: what is saved waits for it, what is not is lost to it.</summary>
    private void Miss(Seat seat, List<PoolEntry> entries)
    {
        var isKept = entries[0].Position > 0 || seat.Context.Save is SaveMode.OnFailure;
        var fate = isKept ? ExportFate.Unsent : ExportFate.Lost;
        if (!isKept)
        {
            seat.Counters.Lost += entries.Count;
        }
        else if (entries[0].Position == 0)
        {
            seat.Missed.AddRange(entries);
        }

        var failed = ExportResult.Failed(seat.Name, "The exporter has crashed and is being started again.", fate);
        Waiters.Take(new Results(seat.Name, [.. entries.Select(entry => (entry.Order, failed))]), roster.Required, pool);
    }
}
