using Sluice.Exporters.Sinks;

namespace Sluice.Actors.Pools.Sending;

/// <summary>A batch's items by what became of them, each list in order.</summary>
internal sealed class Verdict
{
    private Verdict(Batch batch, IReadOnlyList<SinkOutcome> outcomes)
    {
        var isAlone = batch.Entries.Count == 1;
        for (var index = 0; index < batch.Entries.Count; index++)
        {
            Sort(batch.Entries[index], outcomes[index], isAlone);
        }
    }

    /// <summary>What the sink has confirmed.</summary>
    public List<(PoolEntry Entry, string? Response)> Delivered { get; } = [];

    /// <summary>What the sink will never take.</summary>
    public List<(PoolEntry Entry, SinkOutcome.Undeliverable Why)> Undeliverable { get; } = [];

    /// <summary>What was refused in company: some of it may be good.</summary>
    public List<PoolEntry> RefusedTogether { get; } = [];

    /// <summary>What may succeed later.</summary>
    public List<PoolEntry> Later { get; } = [];

    /// <summary>The longest wait that the sink asked for.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    /// <summary>Why the last item that was not delivered was not; null when all were.</summary>
    public string? Error { get; private set; }

    /// <summary>Whether the sink was there at all: it decided about at least one item.</summary>
    public bool WasAnswered => Delivered.Count + Undeliverable.Count + RefusedTogether.Count > 0;

    /// <summary>Sorts a batch by its outcomes; a wrong number of them is a fault of the sink and decides nothing.</summary>
    public static Verdict Of(Batch batch, IReadOnlyList<SinkOutcome> outcomes) =>
        new(batch, outcomes.Count == batch.Entries.Count
            ? outcomes
            : SinkOutcomes.All(
                new SinkOutcome.RetryLater($"The sink answered {outcomes.Count} outcomes for {batch.Entries.Count} items."), batch.Entries.Count));

    private void Sort(PoolEntry entry, SinkOutcome outcome, bool isAlone)
    {
        switch (outcome)
        {
            case SinkOutcome.Delivered delivered:
                Delivered.Add((entry, delivered.Response));
                break;
            case SinkOutcome.Undeliverable never:
                Undeliverable.Add((entry, never));
                Error = never.Reason;
                break;
            case SinkOutcome.RefusedTogether refused when isAlone:
                Undeliverable.Add((entry, new(refused.Reason, refused.ErrorClass, refused.ResponseExcerpt)));
                Error = refused.Reason;
                break;
            case SinkOutcome.RefusedTogether refused:
                RefusedTogether.Add(entry);
                Error = refused.Reason;
                break;
            case SinkOutcome.RetryLater later:
                Later.Add(entry);
                Error = later.Reason;
                RetryAfter = later.RetryAfter > RetryAfter || RetryAfter is null ? later.RetryAfter : RetryAfter;
                break;
            default:
                throw new InvalidOperationException($"{outcome.GetType().Name} is no outcome that an exporter knows.");
        }
    }
}
