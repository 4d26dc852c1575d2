using System.Globalization;
using Sluice.Measuring;

namespace Sluice.Instruments.Bench;

/// <summary>
/// Measures each way of watching in processes of its own, beside the unwatched: what the compiler learns from one would else be in the code of all,
/// and no program is watched in nine ways.
/// </summary>
internal static class Apart
{
    public const string Argument = "--pair-process";

    public static async Task<IEnumerable<Row>> MeasureAsync(IBenchCase one, int number, int rounds, int processes)
    {
        var rows = new List<Row>();
        for (var contender = 1; contender < one.Ways; contender++)
        {
            var seen = new List<Row>();
            for (var process = 0; process < processes; process++)
            {
                seen.Add(Parse(await Child.RunAsync(Argument, Text(number), Text(contender), Text(rounds))));
            }

            rows.Add(seen.OrderBy(row => row.Ratio).ElementAt(processes / 2));
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{rows[^1].Case}: {string.Join(", ", seen.Select(row => row.Ratio.ToString("N3", CultureInfo.InvariantCulture)))}"));
        }

        return rows;
    }

    /// <summary>In the child: one contender beside the first.</summary>
    public static async Task MeasureHereAsync(IBenchCase one, int contender, int rounds)
    {
        await using (one)
        {
            var contenders = await one.Contenders();
            var row = (await Rounds.Run(one.Name, one.Unit, [contenders[0], contenders[contender]], one.Operations, rounds)).Last();
            Console.WriteLine(string.Join('\t', row.Case, row.Unit, Text(row.Ours), row.Peer, Text(row.Theirs), Text(row.Ratio), Text(row.AllocatedBytesPerOp)));
        }
    }

    private static Row Parse(string line)
    {
        var cells = line.Split('\t');
        return new(cells[0], cells[1], Number(cells[2]), cells[3], Number(cells[4]), Number(cells[5]), Number(cells[6]));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
