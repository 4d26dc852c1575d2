using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Routing;

/// <summary>Asks every exporter how it is; one that does not answer in time is reported as silent, with what the journal knows of it.</summary>
internal static class StatusReport
{
    // Who asks what is owed wants to know it exactly: a disk that is slow to write down what has been delivered is waited for.
    private static readonly TimeSpan PatienceForCommits = TimeSpan.FromSeconds(30);

    /// <summary>The pool's status.</summary>
    public static Task<PoolStatus> OfAsync(PoolState state, long refused) => OfAsync(state, refused, state.Setup.Parts.StatusPatience);

    /// <summary>How much is owed to anybody, as of a commit that has everything that the exporters have finished.</summary>
    public static async Task<UnsentData> UnsentAsync(PoolState state)
    {
        await OfAsync(state, 0, PatienceForCommits).ConfigureAwait(false);
        return new UnsentData(state.Journal.Status.Sinks.Values.Sum(sink => sink.Pending));
    }

    private static async Task<PoolStatus> OfAsync(PoolState state, long refused, TimeSpan patience)
    {
        var (distribution, intake) = (state.Distribution, state.Intake);
        var (accepted, waiting) = (distribution.Accepted, intake.Waiting + distribution.Waiters.Count);
        var (useMemory, draining) = (state.UsesMemory, state.IsDraining);
        var asked = state.Roster.Seats.Select(seat => AskAsync(seat, Unknown(seat, state), patience)).ToArray();
        var exporters = await Task.WhenAll(asked).ConfigureAwait(false);
        return new PoolStatus(state.Settings.Name, accepted, refused, waiting, useMemory, draining, [.. exporters.Select(state.Trends.Complete)])
        {
            JournalFullIn = state.Fill.Observe(state.Journal.Status),
        };
    }

    private static async Task<ExporterStatus> AskAsync(Seat seat, ExporterStatus unknown, TimeSpan patience)
    {
        if (seat.Actor is not { } exporter)
        {
            return unknown;
        }

        using var enough = new CancellationTokenSource();
        try
        {
            var answer = exporter.Ask<ExporterStatus>(new GetStatus(), patience, enough.Token);
            await Task.WhenAny(answer, exporter.WatchAsync(enough.Token)).ConfigureAwait(false);

            // One that has crashed took the question with it.
            return answer.IsCompleted ? await answer.ConfigureAwait(false) : unknown;
        }
        catch (Exception fault) when (fault is AskTimeoutException or OperationCanceledException)
        {
            return unknown;
        }
        finally
        {
            await enough.CancelAsync().ConfigureAwait(false);
        }
    }

    private static ExporterStatus Unknown(Seat seat, PoolState state)
    {
        var page = state.Journal.Status.Sinks.GetValueOrDefault(seat.Name);
        return new()
        {
            Name = seat.Name,
            State = seat.Actor is null ? ExporterState.Starting : ExporterState.Silent,
            Sent = seat.Counters.Sent,
            Failed = seat.Counters.Failed,
            DeadLettered = seat.Counters.DeadLettered,
            Lost = seat.Counters.Lost,
            UnsentItems = page?.Pending ?? 0,
            UnsentBytes = page?.PendingBytes ?? 0,
            LastError = seat.Counters.LastError,
            Restarts = seat.Counters.Restarts,
        };
    }
}
