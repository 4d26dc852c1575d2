namespace Sluice.Journal.Contract.Model;

/// <summary>What a journal is, without durability, speed or concurrency: lists.</summary>
internal sealed class JournalModel
{
    private long _lastSequence;

    public SortedDictionary<string, ModelSink> Sinks { get; } = new(StringComparer.Ordinal);

    public int Stored => Sinks.Values.SelectMany(sink => sink.Owed).Distinct().Count();

    public IEnumerable<string> Active => Sinks.Where(sink => sink.Value.Active).Select(sink => sink.Key);

    public void Reserve(int count) => _lastSequence += count;

    public void Append(IReadOnlyList<string> sinks, int count)
    {
        for (var index = 0; index < count; index++)
        {
            Owe(new ModelItem(++_lastSequence, [.. sinks]), sinks);
        }
    }

    public void Settle(string sink, ModelItem item, SettlementKind kind)
    {
        Sinks[sink].Owed.Remove(item);
        Sinks[sink].Delivered += kind == SettlementKind.Delivered ? 1 : 0;
        Sinks[sink].Dropped += kind == SettlementKind.Dropped ? 1 : 0;
        if (kind == SettlementKind.Dead)
        {
            Sinks[sink].Dead.Add(item.Sequence);
        }
    }

    public void Redrive(string sink, long sequence)
    {
        Sinks[sink].Dead.Remove(sequence);
        Sinks[sink].Owed.Add(new ModelItem(sequence, [sink]));
    }

    public void Add(string sink)
    {
        Sinks.TryAdd(sink, new ModelSink());
        (Sinks[sink].Active, Sinks[sink].Gone) = (true, false);
    }

    public void Remove(string sink, UnsentData unsent)
    {
        var leaving = Sinks[sink];
        (leaving.Active, leaving.Gone) = (false, unsent is not UnsentData.Keep);
        foreach (var item in unsent is UnsentData.Keep ? [] : leaving.Owed.ToList())
        {
            if (unsent is UnsentData.HandTo { Sink: var heir } && !item.Sinks.Contains(heir))
            {
                Owe(new ModelItem(item.Sequence, [heir]), [heir]);
            }

            Settle(sink, item, unsent is UnsentData.HandTo ? SettlementKind.Dropped : SettlementKind.Dead);
        }
    }

    private void Owe(ModelItem item, IReadOnlyList<string> sinks)
    {
        foreach (var sink in sinks)
        {
            Sinks[sink].Owed.Add(item);
            Sinks[sink].Accepted++;
        }
    }
}

internal sealed class ModelItem(long sequence, IReadOnlyList<string> sinks)
{
    public long Sequence => sequence;

    public IReadOnlyList<string> Sinks => sinks;
}

internal sealed class ModelSink
{
    public bool Active { get; set; }

    public bool Gone { get; set; }

    public List<ModelItem> Owed { get; } = [];

    public List<long> Dead { get; } = [];

    public long Accepted { get; set; }

    public long Delivered { get; set; }

    public long Dropped { get; set; }
}
