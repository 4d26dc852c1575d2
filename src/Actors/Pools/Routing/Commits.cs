using System.Diagnostics.CodeAnalysis;
using Sluice.Journal;

namespace Sluice.Actors.Pools.Routing;

/// <summary>
/// Brings sends into the journal, or gives them numbers when the pool saves nothing ahead. The next group goes to the journal as soon as it has given the
/// former one's items their places, and grows there until the disk is ready for it; what has ended is taken in the order of those places.
/// </summary>
internal sealed class Commits(PoolState state, IActorRef pool) : IDisposable
{
    private const int NumbersAtOnce = 10_000;
    private const int MostUnderWay = 4;
    private readonly CancellationTokenSource _stop = new();
    private readonly PriorityQueue<Commit, long> _ended = new();
    private readonly AppendAdmitted[] _admitted = [new(0), new(1), new(2), new(3)];
    private IReadOnlyList<PendingSend> _unnumbered = [];
    private SendGroup? _growing;
    private (long Next, long Left) _numbers;
    private bool _isAdmitting;
    private long _begun;
    private long _taken;

    /// <summary>Brings what waits as near to the journal as it can come now.</summary>
    public void Begin()
    {
        if (_growing is not null)
        {
            state.Intake.Fill(_growing);
        }

        while (state is { IsOpen: true, IsPaused: false } && !_isAdmitting && _begun - _taken < MostUnderWay && state.Intake.TakeGroup() is { } group)
        {
            Begin(group);
        }
    }

    /// <summary>Takes the next commit that has ended, in their order.</summary>
    public bool TryTake([MaybeNullWhen(false)] out Commit commit)
    {
        if (!_ended.TryPeek(out commit, out var number) || number != _taken + 1)
        {
            return false;
        }

        _ended.Dequeue();
        _taken++;
        _isAdmitting &= number != _begun;
        state.Intake.Committed(commit.Sends);
        return true;
    }

    /// <summary>A commit has ended. One over a limit lets no other begin before its sends are back in the queue, each to be tried alone.</summary>
    public void Ended(Commit commit)
    {
        _ended.Enqueue(commit, commit.Number);
        if (commit.Number == _begun)
        {
            _growing = null;
            _isAdmitting = commit.IsOverLimit;
        }
    }

    /// <summary>The journal has given sends their places, and will write them.</summary>
    public void Admitted(AppendAdmitted admitted)
    {
        if (admitted.Slot == _begun % MostUnderWay)
        {
            _growing = null;
            _isAdmitting = false;
        }
    }

    /// <summary>There are numbers for those who wait for them.</summary>
    public void Take(SequencesReserved reserved)
    {
        var sends = _unnumbered;
        _unnumbered = [];
        if (reserved.Fault is not null)
        {
            Ended(new(_begun, sends, default, reserved.Fault));
            return;
        }

        _numbers = (reserved.First, reserved.Count);
        Number(sends);
    }

    /// <summary>A commit that waits for room in the journal gives up.</summary>
    public void Stop() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private void Begin(SendGroup group)
    {
        _begun++;
        _isAdmitting = true;
        if (state.Settings.Save is not SaveMode.WriteAhead && group.OwedTo.Sinks is null)
        {
            Number(group.Close());
        }
        else
        {
            _growing = group;
            CommitAsync(_begun, group).PipeTo(pool);
        }
    }

    private async Task<Commit> CommitAsync(long number, SendGroup group)
    {
        try
        {
            var admitted = _admitted[number % MostUnderWay];
            var receipt = await state.Journal.AppendAsync(group.CloseAsItems, group.OwedTo, () => pool.Tell(admitted), _stop.Token).ConfigureAwait(false);
            return new(number, group.Close(), receipt, null);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new(number, group.Close(), default, fault);
        }
    }

    private void Number(IReadOnlyList<PendingSend> sends)
    {
        var count = sends.Sum(send => send.Items.Count(item => item is not null));
        if (_numbers.Left < count)
        {
            _unnumbered = sends;
            ReserveAsync(Math.Max(count, NumbersAtOnce)).PipeTo(pool);
            return;
        }

        var first = _numbers.Next;
        _numbers = (first + count, _numbers.Left - count);
        Ended(new(_begun, sends, new AppendReceipt(0, first, count, state.Setup.Parts.Time.GetUtcNow()), null));
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
