using System.Globalization;
using Sluice.Measuring;

namespace Sluice.Instruments.Bench;

/// <summary>
/// No instrument active against a kernel compiled without hooks, and that kernel against itself compiled a second time. What the compiler makes
/// of a program and where it puts it differs from process to process by more than the hooks could cost: so each pair is measured in many
/// processes, and it is their ratios that have an interval.
/// </summary>
internal static class Floor
{
    public const string Name = "floor";
    private const int Resamples = 10_000;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(int processes)
    {
        var seen = new List<FloorSample>();
        for (var number = 0; number < processes; number++)
        {
            seen.Add(FloorSample.Parse(await Child.RunAsync(FloorSample.Argument, number.ToString(CultureInfo.InvariantCulture))));
        }

        Console.Error.WriteLine(Interval($"{Name}, two builds without hooks", seen, sample => Math.Log(sample.Twin / sample.Bare)));
        Console.Error.WriteLine(Interval($"{Name}, none active to no hooks", seen, ToBare));
        var bare = Harness.Median([.. seen.Select(sample => Math.Sqrt(sample.Bare * sample.Twin))]);
        return
        [
            new($"{Name}, two builds", "msg/s", Harness.Median([.. seen.Select(sample => sample.Twin)]), "no hooks", bare, Middle(seen, sample => Math.Log(sample.Twin / sample.Bare)), 0),
            new($"{Name}, none active", "msg/s", Harness.Median([.. seen.Select(sample => sample.Hooked)]), "no hooks", bare, Middle(seen, ToBare), seen.Max(sample => sample.Bytes)),
        ];
    }

    private static double ToBare(FloorSample sample) => Math.Log(sample.Hooked / Math.Sqrt(sample.Bare * sample.Twin));

    private static double Middle(IEnumerable<FloorSample> seen, Func<FloorSample, double> ratio) => Math.Exp(Harness.Median([.. seen.Select(ratio)]));

    /// <summary>The median over the processes and, by drawing them again and again, the range in which it lies 95 times of 100.</summary>
    private static string Interval(string name, List<FloorSample> seen, Func<FloorSample, double> ratio)
    {
        var random = new Random(1);
        var medians = new List<double>(Resamples);
        for (var i = 0; i < Resamples; i++)
        {
            medians.Add(Middle(Enumerable.Range(0, seen.Count).Select(_ => seen[random.Next(seen.Count)]), ratio));
        }

        medians.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: median of {seen.Count} processes {Middle(seen, ratio):N4}, 95 % interval {medians[Resamples / 40]:N4} to {medians[Resamples - (Resamples / 40)]:N4}");
    }
}
