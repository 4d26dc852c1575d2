using System.Globalization;

namespace Sluice.Actors.Pools.Retries;

/// <summary>Decides when to try again, by exponential backoff with jitter. Holds no timer and does nothing itself.</summary>
internal sealed class RetrySchedule(RetrySettings settings, TimeProvider time, Random random)
{
    private long _firstFailure;

    /// <summary>Failed attempts since the last success.</summary>
    public int Failures { get; private set; }

    /// <summary>An attempt has failed.</summary>
    /// <param name="retryAfter">What the sink itself asked for; never shortened.</param>
    public RetryDecision Failed(TimeSpan? retryAfter = null)
    {
        if (Failures++ == 0)
        {
            _firstFailure = time.GetTimestamp();
        }

        if (settings.MaxAttempts > 0 && Failures >= settings.MaxAttempts)
        {
            return new RetryDecision.GiveUp(string.Create(CultureInfo.InvariantCulture, $"given up after {Failures} attempts"));
        }

        var delay = Longer(Jittered(Interval()), retryAfter ?? TimeSpan.Zero);
        return settings.MaxElapsed > TimeSpan.Zero && time.GetElapsedTime(_firstFailure) + delay > settings.MaxElapsed
            ? new RetryDecision.GiveUp(string.Create(CultureInfo.InvariantCulture, $"given up after {settings.MaxElapsed} and {Failures} attempts"))
            : new RetryDecision.TryAgain(delay);
    }

    /// <summary>An attempt has succeeded: the next failure is a first one.</summary>
    public void Succeeded() => Failures = 0;

    private TimeSpan Interval()
    {
        var ticks = settings.InitialInterval.Ticks * Math.Pow(settings.Multiplier, Failures - 1);
        return ticks < settings.MaxInterval.Ticks ? TimeSpan.FromTicks((long)ticks) : settings.MaxInterval;
    }

    private TimeSpan Jittered(TimeSpan interval)
    {
        var moved = interval * (1 + (settings.Jitter * ((2 * random.NextDouble()) - 1)));
        return moved < settings.MaxInterval ? moved : settings.MaxInterval;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
