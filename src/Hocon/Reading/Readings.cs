using Sluice.Hocon.Units;

namespace Sluice.Hocon.Reading;

/// <summary>The types that a scalar can be read as, with the conversions of the specification's "Automatic type conversions".</summary>
internal static class Readings
{
    public static ScalarReading<string> Text { get; } = new("a text", (HoconScalar value, out string text) =>
    {
        text = value.Text;
        return true;
    });

    public static ScalarReading<bool> Boolean { get; } = new("'true' or 'false'", (HoconScalar value, out bool flag) =>
    {
        flag = value.Text is "true" or "yes" or "on";
        return flag || value.Text is "false" or "no" or "off";
    });

    public static ScalarReading<int> Int { get; } = new WholeReading<int>();

    public static ScalarReading<long> Long { get; } = new WholeReading<long>();

    public static ScalarReading<double> Double { get; } = new("a number", (HoconScalar value, out double number) => Number.TryParse(value.Text, out number));

    public static ScalarReading<decimal> Decimal { get; } = new("a number", (HoconScalar value, out decimal number) => Number.TryParse(value.Text, out number));

    public static ScalarReading<TimeSpan> Duration { get; } = new(
        "a duration such as '5s' or '250 ms'", (HoconScalar value, out TimeSpan duration) => Units.Duration.TryParse(value.Text, out duration));

    public static ScalarReading<TimeSpan> DurationOrInfinite { get; } = new(
        "a duration such as '5s' or '250 ms', or 'infinite',", (HoconScalar value, out TimeSpan duration) =>
        {
            duration = Timeout.InfiniteTimeSpan;
            return value.Text == "infinite" || Units.Duration.TryParse(value.Text, out duration);
        });

    public static ScalarReading<long> ByteSize { get; } = new(
        "a size such as '64 MiB' or '512kB'", (HoconScalar value, out long bytes) => Units.ByteSize.TryParse(value.Text, out bytes));
}
