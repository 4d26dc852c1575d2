using System.Diagnostics;

namespace Sluice.Instruments.Sampling;

/// <summary>What was seen of one node; times in timestamps of <see cref="Stopwatch"/>. Many threads count, one reads.</summary>
internal sealed class NodeCounts(string tube, string node)
{
    private long _readied;
    private long _started;
    private long _finished;
    private long _busy;
    private long _waited;
    private (long Finished, long Busy, long Waited) _before;

    public long Finished => Interlocked.Read(ref _finished);

    public void Readied() => Interlocked.Increment(ref _readied);

    public void Started(long waited)
    {
        Interlocked.Increment(ref _started);
        Interlocked.Add(ref _waited, waited);
    }

    public void Ended(long elapsed)
    {
        Interlocked.Increment(ref _finished);
        Interlocked.Add(ref _busy, elapsed);
    }

    /// <summary>What there was since <see cref="BeginAgain"/>, as rates.</summary>
    /// <param name="looked">How long that was.</param>
    /// <param name="isComplete">Whether every call has been seen since the counting began, so that those that wait can be counted.</param>
    public NodeSample Over(TimeSpan looked, bool isComplete)
    {
        var seconds = Math.Max(looked.TotalSeconds, 1e-9);
        var finished = Finished - _before.Finished;
        var busy = Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _busy) - _before.Busy);
        var waiting = isComplete
            ? Math.Max(0, Interlocked.Read(ref _readied) - Interlocked.Read(ref _started))
            // Little's law: how many wait is how many come per second, times how long each waits.
            : Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _waited) - _before.Waited).TotalSeconds / seconds;
        return new NodeSample(
            tube, node, finished / seconds, finished == 0 ? TimeSpan.Zero : busy / finished, busy.TotalSeconds / seconds, waiting, Faults: 0);
    }

    /// <summary>Rates are of what comes from now on.</summary>
    public void BeginAgain() => _before = (Finished, Interlocked.Read(ref _busy), Interlocked.Read(ref _waited));
}
