namespace Sluice.Actors.Pools.Retries;

/// <summary>When an exporter tries again what failed for the moment. Defaults are in <c>reference.conf</c> under <c>sluice.pool-exporter.retry</c>.</summary>
public sealed record RetrySettings
{
    /// <summary>The wait after the first failure, before jitter; above zero.</summary>
    public required TimeSpan InitialInterval { get; init; }

    /// <summary>What the wait is multiplied by after each further failure; 1 or more.</summary>
    public required double Multiplier { get; init; }

    /// <summary>No wait is longer, jitter included, unless the sink itself asked for longer.</summary>
    public required TimeSpan MaxInterval { get; init; }

    /// <summary>How far chance may move a wait up or down, as a share of it: 0 (not at all) to 1 (from nothing to twice).</summary>
    public required double Jitter { get; init; }

    /// <summary>Give up once the next attempt would start later than this after the first failure; zero means never.</summary>
    public required TimeSpan MaxElapsed { get; init; }

    /// <summary>Give up after this many attempts, the first included; zero means never.</summary>
    public required int MaxAttempts { get; init; }

    /// <exception cref="InvalidConfigException">A value is out of range.</exception>
    internal void Validate(string path)
    {
        InvalidConfigException.Unless(InitialInterval > TimeSpan.Zero, path, "initial-interval", InitialInterval, "write a duration above zero, such as 500ms");
        InvalidConfigException.Unless(Multiplier >= 1, path, "multiplier", Multiplier, "write 1 or more");
        InvalidConfigException.Unless(MaxInterval >= InitialInterval, path, "max-interval", MaxInterval, "write at least initial-interval");
        InvalidConfigException.Unless(Jitter is >= 0 and <= 1, path, "jitter", Jitter, "write a share from 0 to 1");
        InvalidConfigException.Unless(MaxElapsed >= TimeSpan.Zero, path, "max-elapsed", MaxElapsed, "write a duration, or 0s for no limit");
        InvalidConfigException.Unless(MaxAttempts >= 0, path, "max-attempts", MaxAttempts, "write a number of attempts, or 0 for no limit");
    }
}
