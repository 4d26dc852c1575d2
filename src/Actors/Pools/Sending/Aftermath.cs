using Sluice.Exporters.Sinks;
using Sluice.Journal;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Sending;

/// <summary>What becomes of an item in the end: what is counted, told to its sender and to the journal. Collects; writes nothing itself.</summary>
internal sealed class Aftermath(ExporterContext context, ExporterCounters counters)
{
    /// <summary>So many times its read-ahead may an exporter hold of what the journal does not take.</summary>
    private const int MostSpill = 8;

    private readonly ExportResult _silentlyDelivered = ExportResult.Delivered(context.Name);
    private List<(long Order, ExportResult Result)> _results = [];
    private List<long> _undeliverable = [];

    /// <summary>How items ended, on their way into the journal.</summary>
    public Settlements Settlements { get; } = new(context.Name);

    /// <summary>Items on their way into the journal for the first time.</summary>
    public Spill Spill { get; } = new(context.Name, entry => JournalItems.Save(entry));

    /// <summary>Who asked for unsent data to be sent; they see every result.</summary>
    public List<Resend> Resends { get; } = [];

    /// <summary>The sink has confirmed an item.</summary>
    public void Delivered(PoolEntry entry, string? response)
    {
        counters.Sent++;
        if (entry.Position > 0)
        {
            Settlements.Add(Settlement.Delivered(entry.Position));
        }

        if (entry.IsAwaited || Resends.Count > 0)
        {
            Tell(entry, response is null ? _silentlyDelivered : ExportResult.Delivered(context.Name, response));
        }
    }

    /// <summary>The sink will never take an item.</summary>
    public void Undeliverable(PoolEntry entry, SinkOutcome.Undeliverable why, Batch batch) =>
        Bury(
            entry,
            new DeadReason(
                batch.IsSplit ? DeadLetterClass.Poison : DeadLetterClass.Permanent, $"{why.ErrorClass}: {why.Reason}", why.ResponseExcerpt, batch.Attempts));

    /// <summary>The attempts or the time allowed for an item are used up.</summary>
    public void Expired(PoolEntry entry, string error, Batch batch) =>
        Bury(entry, new DeadReason(DeadLetterClass.Expired, error, null, batch.Attempts));

    /// <summary>An attempt failed; the item is still owed.</summary>
    public void StillOwed(PoolEntry entry, string error) => Tell(entry, ExportResult.Failed(context.Name, error, ExportFate.Unsent));

    /// <summary>An attempt failed, and the item is in memory only: it has to be saved before anybody is told that it is.</summary>
    public void Save(PoolEntry entry, string error)
    {
        if (Spill.Bytes + entry.Bytes > context.Settings.ReadAheadBytes * MostSpill)
        {
            Lost(entry, $"{error} The journal does not take it in time, and memory is full.");
        }
        else
        {
            Spill.Add(entry, error, null);
        }
    }

    /// <summary>An item is gone for this exporter.</summary>
    public void Lost(PoolEntry entry, string error)
    {
        counters.Lost++;
        Tell(entry, ExportResult.Failed(context.Name, error, context.Settings.Shadow ? ExportFate.NotOwed : ExportFate.Lost));
    }

    /// <summary>Enough other exporters have delivered an item.</summary>
    public void Spared(PoolEntry entry)
    {
        if (entry.Position > 0)
        {
            Settlements.Add(Settlement.Dropped(entry.Position, "policy"));
        }

        Tell(entry, ExportResult.Failed(context.Name, "Enough other exporters have delivered it.", ExportFate.NotOwed));
    }

    /// <summary>A save has ended.</summary>
    /// <returns>The last position written; 0 when nothing is owed through it.</returns>
    public long Saved(SpillWritten end)
    {
        var position = end.Receipt.FirstPosition;
        long last = 0;
        foreach (var (entry, error, dead) in Spill.Written())
        {
            if (end.Fault is { } fault)
            {
                Lost(entry, $"{error} It could not be saved: {fault.Message}");
            }
            else if (dead is null)
            {
                last = position++;
                StillOwed(entry, error);
            }
            else
            {
                Settlements.Add(Settlement.DeadLetter(position++, dead));
            }
        }

        return last;
    }

    /// <summary>Results that senders wait for, since the last call.</summary>
    public IReadOnlyList<(long Order, ExportResult Result)> TakeResults()
    {
        var results = _results;
        if (results.Count > 0)
        {
            _results = [];
        }

        return results;
    }

    /// <summary>Numbers of undeliverable items, since the last call.</summary>
    public IReadOnlyList<long> TakeUndeliverable()
    {
        var numbers = _undeliverable;
        if (numbers.Count > 0)
        {
            _undeliverable = [];
        }

        return numbers;
    }

    private void Bury(PoolEntry entry, DeadReason reason)
    {
        counters.DeadLettered++;
        if (context.ReportsProgress)
        {
            _undeliverable.Add(entry.Order);
        }

        if (entry.Position > 0)
        {
            Settlements.Add(Settlement.DeadLetter(entry.Position, reason));
        }
        else if (context.Save is not SaveMode.Off)
        {
            Spill.Add(entry, reason.Error, reason);
        }

        var fate = context.Save is SaveMode.Off ? ExportFate.Lost : ExportFate.DeadLettered;
        Tell(entry, ExportResult.Failed(context.Name, reason.Error, fate));
    }

    private void Tell(PoolEntry entry, ExportResult result)
    {
        if (entry.IsAwaited)
        {
            _results.Add((entry.Order, result));
        }

        foreach (var resend in Resends)
        {
            resend.Tried(entry, result);
        }
    }
}
