using Sluice.Exporters.Sinks;

namespace Sluice.Actors.Pools.Sending;

/// <summary>Sends one batch once. Whatever the sink does, it ends in time and with an outcome for every item.</summary>
internal sealed class Attempt(ISink sink, TimeSpan timeout, TimeProvider time, CancellationToken stop)
{
    /// <summary>Sends the batch, on the thread pool: a sink that blocks its thread blocks nobody else.</summary>
    /// <param name="batch">What to send.</param>
    /// <param name="probeFirst">Whether to ask the sink first whether it can be reached, and not to send when it cannot.</param>
    public async Task<AttemptEnded> RunAsync(Batch batch, bool probeFirst)
    {
        var started = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        IReadOnlyList<SinkOutcome> outcomes;
        try
        {
            var sending = Task.Run(() => SendAsync(batch, probeFirst, either.Token).AsTask(), CancellationToken.None);
            outcomes = await sending.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            outcomes = All(batch, "The pool stopped before the sink answered.");
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            outcomes = All(batch, $"No answer within {timeout}.");
        }
        catch (Exception fault)
        {
            outcomes = All(batch, $"{fault.GetType().Name}: {fault.Message}");
        }

        return new AttemptEnded(batch, outcomes, time.GetElapsedTime(started), stop.IsCancellationRequested);
    }

    /// <summary>Asks the sink of a batch that used up its attempts whether it can be reached.</summary>
    public async Task<SuspectProbed> ProbeAsync(Batch suspect)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            var probing = Task.Run(() => sink.ProbeAsync(either.Token).AsTask(), CancellationToken.None);
            return new(suspect, await probing.WaitAsync(either.Token).ConfigureAwait(false) is SinkProbe.Reachable);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new(suspect, false);
        }
    }

    private async ValueTask<IReadOnlyList<SinkOutcome>> SendAsync(Batch batch, bool probeFirst, CancellationToken cancellationToken)
    {
        if (probeFirst && await sink.ProbeAsync(cancellationToken).ConfigureAwait(false) is SinkProbe.Unreachable unreachable)
        {
            return All(batch, unreachable.Reason);
        }

        return await sink.SendAsync(batch.Items(), cancellationToken).ConfigureAwait(false);
    }

    private static IReadOnlyList<SinkOutcome> All(Batch batch, string reason) =>
        SinkOutcomes.All(new SinkOutcome.RetryLater(reason), batch.Entries.Count);
}
