using System.Threading.Tasks.Sources;
using Sluice.Actors.Tubes.Flow;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Runners;

namespace Sluice.Actors.Tubes.Runs;

// Results go from the course's owner to the caller in batches: the owner fills one list while the caller empties another, and they are swapped.
//   owner only    Deliver, HasRoom, Flush, _own, _takenSeen
//   caller only   NextAsync, Batch, Took, _took
//   under _gate   _filled, _isAwaited, _isOver
// Both sides keep to themselves for a few results what the other must know, so that they do not fight for the same memory at every single one.
// Waiting for room: the owner announces that it waits and then reads what was taken; the caller writes what it took and then reads whether
// somebody waits. The caller's reading may be early, but not past the lock at the end of a batch.

/// <summary>A run whose results the caller takes one by one; no more epochs begin than the caller keeps up with.</summary>
internal sealed class EpochStream(Course course, object?[] inputs, long epochs, int limit, CancellationToken cancellationToken)
    : TubeRun(course, inputs, epochs, cancellationToken), IValueTaskSource<bool>
{
    private const int Spins = 35;

    private readonly Lock _gate = new();
    private readonly long _total = epochs;
    private readonly List<EpochResult> _own = [];
    private readonly int _publishAt = Math.Clamp(limit / 8, 1, 32);
    private List<EpochResult> _filled = [];
    private List<EpochResult> _batch = [];
    private ManualResetValueTaskSourceCore<bool> _arrival = new() { RunContinuationsAsynchronously = true };
    private bool _isAwaited;
    private bool _isOver;
    private long _taken;
    private long _took;
    private long _takenSeen;
    private long _published;
    private int _isWaitingForRoom;

    /// <summary>Told when the caller has taken enough for the runner to go on.</summary>
    public required Action<EpochStream> OnRoom { get; init; }

    public override bool HasRoom
    {
        get
        {
            if (Begun - _takenSeen < limit)
            {
                return true;
            }

            _takenSeen = Volatile.Read(ref _taken);
            if (Begun - _takenSeen < limit)
            {
                return true;
            }

            if (_isWaitingForRoom == 0 && MeetsCaller())
            {
                return true;
            }

            Interlocked.Exchange(ref _isWaitingForRoom, 1);
            return IsRoomy && Interlocked.Exchange(ref _isWaitingForRoom, 0) == 1;
        }
    }

    /// <summary>Looks for a moment whether the caller is just taking: that is much shorter than the way back to the actor and here again.</summary>
    private bool MeetsCaller()
    {
        Publish(atLeast: 1);
        for (var spin = new SpinWait(); spin.Count < Spins;)
        {
            spin.SpinOnce(sleep1Threshold: -1);
            if (IsRoomy)
            {
                _takenSeen = Volatile.Read(ref _taken);
                return true;
            }
        }

        return false;
    }

    // Half of the room, so that the runner is not woken for every single epoch.
    private bool IsRoomy => Begun - Volatile.Read(ref _taken) <= limit / 2;

    private long Begun => _total - Left;

    /// <summary>What the caller takes next; each of it is to be confirmed with <see cref="Took"/>.</summary>
    public List<EpochResult> Batch => _batch;

    public override void Deliver(Epoch epoch, object? value)
    {
        _own.Add(new EpochResult(epoch, value));
        if (_own.Count >= _publishAt)
        {
            Publish(atLeast: limit / 2);
        }
    }

    public override void Flush() => Publish(atLeast: 1);

    public override void End(RunEnd end)
    {
        base.End(end);
        lock (_gate)
        {
            _isOver = true;
            if (!_isAwaited)
            {
                return;
            }

            _isAwaited = false;
        }

        _arrival.SetResult(true);
    }

    private void Publish(int atLeast)
    {
        lock (_gate)
        {
            _filled.AddRange(_own);
            Volatile.Write(ref _published, _published + _own.Count);
            _own.Clear();
            if (!_isAwaited || _filled.Count < Math.Max(1, atLeast))
            {
                return;
            }

            _isAwaited = false;
        }

        _arrival.SetResult(true);
    }

    /// <summary>Waits until there is a batch; false when there are no more.</summary>
    public async ValueTask<bool> NextAsync()
    {
        TellTaken();
        for (var spin = new SpinWait(); spin.Count < Spins && Volatile.Read(ref _published) == _took && !Volatile.Read(ref _isOver);)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        while (true)
        {
            lock (_gate)
            {
                if (_filled.Count > 0)
                {
                    _batch.Clear();
                    (_batch, _filled) = (_filled, _batch);
                    return true;
                }

                if (_isOver)
                {
                    return false;
                }

                _arrival.Reset();
                _isAwaited = true;
            }

            TellRoom();
            await new ValueTask<bool>(this, _arrival.Version).ConfigureAwait(false);
        }
    }

    public void Took()
    {
        if (++_took - _taken >= _publishAt)
        {
            TellTaken();
        }
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _arrival.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _arrival.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _arrival.OnCompleted(continuation, state, token, flags);

    private void TellTaken()
    {
        Volatile.Write(ref _taken, _took);
        TellRoom();
    }

    private void TellRoom()
    {
        if (Volatile.Read(ref _isWaitingForRoom) == 1 && IsRoomy && Interlocked.Exchange(ref _isWaitingForRoom, 0) == 1)
        {
            OnRoom(this);
        }
    }
}
