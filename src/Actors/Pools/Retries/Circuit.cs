namespace Sluice.Actors.Pools.Retries;

/// <summary>
/// Decides whether an attempt is worth making: closed lets all through, open none, and after <see cref="CircuitSettings.OpenFor"/>
/// one probe at a time, whose success closes it and whose failure opens it again.
/// </summary>
internal sealed class Circuit(CircuitSettings settings, TimeProvider time)
{
    private int _failures;
    private long _openedAt;
    private bool _probing;

    /// <summary>Whether attempts are held back now.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether the next attempt is a probe: the circuit is open and has been for long enough.</summary>
    public bool IsHalfOpen => IsOpen && Wait() == TimeSpan.Zero;

    /// <summary>How long to hold back: zero when an attempt may start now, infinite while a probe is on its way.</summary>
    public TimeSpan Wait()
    {
        if (!IsOpen)
        {
            return TimeSpan.Zero;
        }

        if (_probing)
        {
            return Timeout.InfiniteTimeSpan;
        }

        var left = settings.OpenFor - time.GetElapsedTime(_openedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>An attempt starts; with an open circuit it is the probe.</summary>
    public void Started() => _probing = IsOpen;

    /// <summary>An attempt reached the sink.</summary>
    public void Succeeded()
    {
        _failures = 0;
        _probing = false;
        IsOpen = false;
    }

    /// <summary>An attempt failed.</summary>
    public void Failed()
    {
        _failures++;
        if (settings.Failures > 0 && _failures >= settings.Failures)
        {
            IsOpen = true;
            _probing = false;
            _openedAt = time.GetTimestamp();
        }
    }

    /// <summary>Somebody asked for an attempt now: the next one is let through as a probe.</summary>
    public void Reconsider()
    {
        if (IsOpen && !_probing)
        {
            _openedAt = time.GetTimestamp() - (long)(settings.OpenFor.TotalSeconds * time.TimestampFrequency);
        }
    }
}
