extern alias bare;
extern alias hooked;
extern alias twin;
using System.Diagnostics;
using System.Globalization;
using Sluice.Measuring;

namespace Sluice.Instruments.Bench;

/// <summary>What one process measured: messages per second that an actor tells itself, and what a message allocated.</summary>
internal sealed record FloorSample(double Bare, double Twin, double Hooked, double Bytes)
{
    public const string Argument = "--floor-process";
    private const int Operations = 200_000;
    private const int WarmUps = 60;
    private const int Rounds = 120;

    /// <summary>Measures in this process.</summary>
    /// <param name="number">Which process it is: they begin with another one each.</param>
    public static async Task<FloorSample> MeasureAsync(int number)
    {
        Func<Func<int, Task>>[] make =
        [
            () => new bare::Sluice.Instruments.Bench.TellLoad().ToItself,
            () => new twin::Sluice.Instruments.Bench.TellLoad().ToItself,
            () => new hooked::Sluice.Instruments.Bench.TellLoad().ToItself,
        ];
        var loads = new Func<int, Task>[make.Length];
        for (var i = 0; i < make.Length; i++)
        {
            var which = (number + i) % make.Length;
            loads[which] = make[which]();
        }

        var rates = make.Select(_ => new List<double>()).ToArray();
        var bytes = 0.0;
        for (var round = -WarmUps; round < Rounds; round++)
        {
            for (var step = 0; step < loads.Length; step++)
            {
                // Forwards and backwards in turn, beginning with another one each time.
                var i = (number + round + WarmUps + ((round & 1) == 0 ? step : loads.Length - step)) % loads.Length;
                var allocated = GC.GetTotalAllocatedBytes(precise: true);
                var start = Stopwatch.GetTimestamp();
                await loads[i](Operations);
                var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (round >= 0)
                {
                    rates[i].Add(Operations / seconds);
                    bytes = i == 2 ? (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / Operations : bytes;
                }
            }
        }

        return new(Harness.Median(rates[0]), Harness.Median(rates[1]), Harness.Median(rates[2]), bytes);
    }

    public static FloorSample Parse(string line)
    {
        var numbers = line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Bare:R} {Twin:R} {Hooked:R} {Bytes:R}");
}
