using Sluice.Journal;

namespace Sluice.Actors.Pools.Routing;

/// <summary>Brings sends into the journal, or gives them numbers when the pool saves nothing ahead; one commit at a time.</summary>
internal sealed class Commits(PoolState state, IActorRef pool) : IDisposable
{
    private const int NumbersAtOnce = 10_000;
    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<PendingSend> _unnumbered = [];
    private (long Next, long Left) _numbers;

    /// <summary>Begins the next commit if one can begin.</summary>
    /// <returns>Its end, when it took no time; null otherwise: a message will tell.</returns>
    public Commit? Begin()
    {
        if (!state.IsOpen || state.IsPaused || state.Intake.TakeForCommit() is not { Count: > 0 } sends)
        {
            return null;
        }

        if (state.Settings.Save is not SaveMode.WriteAhead && !sends[0].IsSavedByHand)
        {
            return Number(sends);
        }

        Intake.CommitAsync(state.Journal, sends, _stop.Token).PipeTo(pool);
        return null;
    }

    /// <summary>There are numbers for those who wait for them.</summary>
    public Commit? Take(SequencesReserved reserved)
    {
        var sends = _unnumbered;
        _unnumbered = [];
        if (reserved.Fault is not null)
        {
            return new(sends, default, reserved.Fault);
        }

        _numbers = (reserved.First, reserved.Count);
        return Number(sends);
    }

    /// <summary>A commit that waits for room in the journal gives up.</summary>
    public void Stop() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private Commit? Number(IReadOnlyList<PendingSend> sends)
    {
        var count = sends.Sum(send => send.Items.Count(item => item is not null));
        if (_numbers.Left < count)
        {
            _unnumbered = sends;
            ReserveAsync(Math.Max(count, NumbersAtOnce)).PipeTo(pool);
            return null;
        }

        var first = _numbers.Next;
        _numbers = (first + count, _numbers.Left - count);
        return new(sends, new AppendReceipt(0, first, count, state.Setup.Parts.Time.GetUtcNow()), null);
    }

    private async Task<SequencesReserved> ReserveAsync(int count)
    {
        try
        {
            return new(await state.Journal.ReserveSequencesAsync(count, _stop.Token).ConfigureAwait(false), count, null);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new(0, 0, fault);
        }
    }
}
