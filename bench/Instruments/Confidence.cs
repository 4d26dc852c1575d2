using System.Globalization;

namespace Sluice.Instruments.Bench;

/// <summary>How sure a comparison is: each round gives one ratio of neighbours in time, and their middle has a range that chance explains.</summary>
internal static class Confidence
{
    /// <summary>The median of the rounds' ratios and its 95 % interval, by ranks: no assumption about how disturbances are spread.</summary>
    public static string Of(string name, IReadOnlyList<double> rates, IReadOnlyList<double> reference)
    {
        var ratios = rates.Zip(reference, (rate, other) => rate / other).Order().ToList();
        var half = ratios.Count / 2.0;
        var reach = 0.98 * Math.Sqrt(ratios.Count);
        var low = ratios[Math.Max(0, (int)Math.Floor(half - reach))];
        var high = ratios[Math.Min(ratios.Count - 1, (int)Math.Ceiling(half + reach))];
        return string.Create(
            CultureInfo.InvariantCulture, $"{name}: median of {ratios.Count} rounds {ratios[ratios.Count / 2]:N4}, 95 % interval {low:N4} to {high:N4}");
    }
}
