namespace Sluice.Kernel.Actor;

/// <summary>The clock of a scheduler.</summary>
public interface ITimeProvider
{
    /// <summary>The wall clock, in UTC.</summary>
    DateTimeOffset Now { get; }

    /// <summary>The time since the clock was started; never goes back.</summary>
    TimeSpan MonotonicClock { get; }

    /// <summary>Same as <see cref="MonotonicClock"/>.</summary>
    TimeSpan HighResMonotonicClock { get; }
}
