using Sluice.Journal.Reports;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Sending;

/// <summary>What an exporter says of itself: results and progress to its pool, its status to whoever asks.</summary>
internal sealed class ProgressReport(ExporterContext context, Outbox outbox, IActorRef pool)
{
    private (long Tried, long Done, bool IsPutOff) _said;

    /// <summary>Says what has changed since the last time.</summary>
    public void Tell(IActorRef self)
    {
        if (outbox.Aftermath.TakeResults() is { Count: > 0 } results)
        {
            pool.Tell(new Results(context.Name, results), self);
        }

        if (context.ReportsProgress)
        {
            TellProgress(self);
        }
    }

    /// <summary>The status.</summary>
    public ExporterStatus Status(ExporterCounters counters, SinkStatus? page)
    {
        var held = outbox.HeldBackFor;
        var now = context.Time.GetUtcNow();
        return new()
        {
            Name = context.Name,
            State = State(page?.Pending ?? 0, held),
            Sent = counters.Sent,
            Failed = counters.Failed,
            DeadLettered = counters.DeadLettered,
            Lost = counters.Lost,
            UnsentItems = page?.Pending ?? 0,
            UnsentBytes = page?.PendingBytes ?? 0,
            OldestAge = outbox.Oldest is { } oldest ? now - oldest.AcceptedAt : null,
            LastError = counters.LastError,
            NextRetry = held > TimeSpan.Zero ? now + held : null,
            BytesInMemory = outbox.Ahead.Bytes,
            InFlight = outbox.Outstanding.Batches,
            Concurrency = outbox.Limit,
            Restarts = counters.Restarts,
        };
    }

    private ExporterState State(long pending, TimeSpan held) =>
        outbox.IsCircuitOpen ? ExporterState.CircuitOpen
        : held > TimeSpan.Zero ? ExporterState.BackingOff
        : outbox.Outstanding.Batches > 0 || !outbox.Ahead.IsCaughtUp ? ExporterState.Sending
        : outbox.IsParked ? ExporterState.WaitingToBeAsked
        : pending > 0 ? ExporterState.Sending
        : ExporterState.Idle;

    private void TellProgress(IActorRef self)
    {
        var (tried, done) = outbox.Progress();
        var now = (Math.Max(tried, _said.Tried), Math.Max(done, _said.Done), outbox.HeldBackFor > TimeSpan.Zero);
        var undeliverable = outbox.Aftermath.TakeUndeliverable();
        if (now != _said || undeliverable.Count > 0)
        {
            _said = now;
            pool.Tell(new Progressed(context.Name, now.Item1, now.Item2, now.Item3, undeliverable), self);
        }
    }
}
