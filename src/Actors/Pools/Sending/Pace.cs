using Sluice.Actors.Pools.Pacing;
using Sluice.Actors.Pools.Retries;

namespace Sluice.Actors.Pools.Sending;

/// <summary>Whether an exporter may send now: its circuit, the pause after a failure, and how many batches may be on their way.</summary>
internal sealed class Pace(PoolExporterSettings settings, TimeProvider time, Random random)
{
    private readonly Circuit _circuit = new(settings.Circuit, time);
    private readonly Concurrency _concurrency = new(settings.Concurrency);
    private readonly RetrySchedule _schedule = new(settings.Retry, time, random);
    private long _pausedUntil;

    /// <summary>Whether so many attempts failed that only probes are made.</summary>
    public bool IsCircuitOpen => _circuit.IsOpen;

    /// <summary>Whether the next attempt is to probe the sink first.</summary>
    public bool IsHalfOpen => _circuit.IsHalfOpen;

    /// <summary>Batches that may be on their way at once; while the circuit is half open, one.</summary>
    public int Limit => settings.Ordered || _circuit.IsHalfOpen ? 1 : _concurrency.Limit;

    /// <summary>How long until an attempt may start: zero means now, infinite means that a probe is on its way.</summary>
    public TimeSpan Wait()
    {
        var (circuit, pause) = (_circuit.Wait(), Left(_pausedUntil));
        return circuit == Timeout.InfiniteTimeSpan ? circuit : circuit > pause ? circuit : pause;
    }

    /// <summary>Nothing starts until so much later.</summary>
    public void Pause(TimeSpan delay) => _pausedUntil = In(delay);

    /// <summary>Somebody wants an attempt now.</summary>
    public void HurryUp()
    {
        _circuit.Reconsider();
        _pausedUntil = 0;
    }

    /// <summary>An attempt starts.</summary>
    public void Started() => _circuit.Started();

    /// <summary>An attempt has ended.</summary>
    /// <param name="latency">How long it took.</param>
    /// <param name="wasAnswered">Whether the sink decided about at least one item.</param>
    /// <param name="isClean">Whether nothing has to be tried again later.</param>
    public void Ended(TimeSpan latency, bool wasAnswered, bool isClean)
    {
        _concurrency.Answered(latency, isClean);
        // Headway ends a row of failures: a sink that refuses every third request is slow, not dead.
        if (isClean || wasAnswered)
        {
            _schedule.Succeeded();
        }

        if (wasAnswered)
        {
            _circuit.Succeeded();
        }
        else
        {
            _circuit.Failed();
        }
    }

    /// <summary>The schedule of a batch's attempts. What is ordered has one for all, because there is only one batch to try at a time.</summary>
    public RetrySchedule ScheduleOf(Batch batch) =>
        settings.Ordered || !batch.IsSaved ? _schedule : batch.Schedule ??= new(settings.Retry, time, random);

    /// <summary>A timestamp so much later.</summary>
    public long In(TimeSpan delay) => time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency);

    private TimeSpan Left(long timestamp)
    {
        var left = timestamp == 0 ? TimeSpan.Zero : time.GetElapsedTime(time.GetTimestamp(), timestamp);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
