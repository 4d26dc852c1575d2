using System.Collections.Frozen;
using System.Globalization;

namespace Sluice.Hocon.Units;

/// <summary>HOCON's durations: a number and a unit, milliseconds if there is none.</summary>
internal static class Duration
{
    private static readonly FrozenDictionary<string, decimal> TicksOfUnit = new (decimal Ticks, string[] Names)[]
    {
        (0.01m, ["ns", "nano", "nanos", "nanosecond", "nanoseconds"]),
        (TimeSpan.TicksPerMicrosecond, ["us", "micro", "micros", "microsecond", "microseconds"]),
        (TimeSpan.TicksPerMillisecond, ["", "ms", "milli", "millis", "millisecond", "milliseconds"]),
        (TimeSpan.TicksPerSecond, ["s", "second", "seconds"]),
        (TimeSpan.TicksPerMinute, ["m", "minute", "minutes"]),
        (TimeSpan.TicksPerHour, ["h", "hour", "hours"]),
        (TimeSpan.TicksPerDay, ["d", "day", "days"]),
    }.SelectMany(unit => unit.Names.Select(name => (name, unit.Ticks))).ToFrozenDictionary(unit => unit.name, unit => unit.Ticks);

    /// <summary>Reads a duration; parts below 100 ns, the smallest step of a <see cref="TimeSpan"/>, are cut off.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (!Quantity.TryParse(text, TicksOfUnit, out var ticks) || ticks is > long.MaxValue or < long.MinValue)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)ticks);
        return true;
    }

    /// <summary>Writes a duration in the largest unit that needs no fraction, as <see cref="TryParse"/> reads it.</summary>
    public static string Format(TimeSpan duration)
    {
        foreach (var (unit, ticks) in new[]
        {
            ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute),
            ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond), ("us", TimeSpan.TicksPerMicrosecond),
        })
        {
            if (duration.Ticks % ticks == 0 && duration != TimeSpan.Zero)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / ticks}{unit}");
            }
        }

        return duration == TimeSpan.Zero ? "0s" : string.Create(CultureInfo.InvariantCulture, $"{(decimal)duration.Ticks * 100}ns");
    }
}
