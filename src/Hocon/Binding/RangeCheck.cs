using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Sluice.Hocon.Units;

namespace Sluice.Hocon.Binding;

/// <summary>What <see cref="RangeAttribute"/> says about numbers and durations, and how to say it to the person who left the range.</summary>
internal static class RangeCheck
{
    /// <summary>What is expected instead; null if the value is in range.</summary>
    public static string? Expected(RangeAttribute range, object value, bool inBytes)
    {
        var (kind, at, low, high) = value is TimeSpan duration
            ? ("a duration", (double)duration.Ticks, Ticks(range.Minimum), Ticks(range.Maximum))
            : (inBytes ? "a size in bytes" : value is double or float or decimal ? "a number" : "a whole number", Of(value), Of(range.Minimum), Of(range.Maximum));
        var tooLow = range.MinimumIsExclusive ? at <= low : at < low;
        var tooHigh = range.MaximumIsExclusive ? at >= high : at > high;
        if (!tooLow && !tooHigh)
        {
            return null;
        }

        string Show(object limit) => value is TimeSpan ? Duration.Format(Parse(limit)) : string.Create(CultureInfo.InvariantCulture, $"{limit}");
        var (from, to) = (Show(range.Minimum), Show(range.Maximum));
        return (range.MinimumIsExclusive, range.MaximumIsExclusive) switch
        {
            (false, _) when high >= int.MaxValue && value is not TimeSpan => $"{kind} of at least {from}",
            (true, _) when high >= int.MaxValue && value is not TimeSpan => $"{kind} above {from}",
            (false, false) => $"{kind} from {from} to {to}",
            (true, false) => $"{kind} above {from} and up to {to}",
            (false, true) => $"{kind} from {from} and below {to}",
            (true, true) => $"{kind} above {from} and below {to}",
        };
    }

    private static double Of(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static double Ticks(object limit) => Parse(limit).Ticks;

    // Limits of durations are strings in the attribute: HOCON's notation or the framework's.
    private static TimeSpan Parse(object limit) => limit switch
    {
        TimeSpan duration => duration,
        string text when Duration.TryParse(text, out var duration) => duration,
        _ => TimeSpan.Parse($"{limit}", CultureInfo.InvariantCulture),
    };
}
