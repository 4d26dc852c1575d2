using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Sluice.Actors.Tubes.Flow;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Runners;

namespace Sluice.Actors.Tubes.Runs;

/// <summary>A run whose results the caller takes one by one; no more epochs begin than the caller keeps up with.</summary>
internal sealed class EpochStream(Course course, object?[] inputs, long epochs, int limit, CancellationToken cancellationToken)
    : TubeRun(course, inputs, epochs, cancellationToken)
{
    private readonly Channel<EpochResult> _results = Channel.CreateUnbounded<EpochResult>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly long _total = epochs;
    private long _taken;
    private int _waiting;

    /// <summary>Told when the caller has taken enough for the runner to go on.</summary>
    public required Action<EpochStream> OnRoom { get; init; }

    public override bool HasRoom
    {
        get
        {
            if (Begun - Volatile.Read(ref _taken) < limit)
            {
                return true;
            }

            // Either the caller sees that the runner waits, or the runner sees what the caller has taken since: both write first and read then.
            Interlocked.Exchange(ref _waiting, 1);
            return IsRoomy && Interlocked.Exchange(ref _waiting, 0) == 1;
        }
    }

    private long Begun => _total - Left;

    // Half of the room, so that the runner is not woken for every single epoch.
    private bool IsRoomy => Begun - Volatile.Read(ref _taken) <= limit / 2;

    public override void Deliver(Epoch epoch, object? value) => _results.Writer.TryWrite(new EpochResult(epoch, value));

    public override void End(RunEnd end)
    {
        base.End(end);
        _results.Writer.TryComplete();
    }

    /// <summary>Waits for a result; false when there are no more. The caller only, as the next.</summary>
    public ValueTask<bool> WaitAsync() => _results.Reader.WaitToReadAsync(CancellationToken.None);

    public bool TryTake([MaybeNullWhen(false)] out EpochResult result)
    {
        if (!_results.Reader.TryRead(out result))
        {
            return false;
        }

        Interlocked.Increment(ref _taken);
        if (Volatile.Read(ref _waiting) == 1 && IsRoomy && Interlocked.Exchange(ref _waiting, 0) == 1)
        {
            OnRoom(this);
        }

        return true;
    }
}
