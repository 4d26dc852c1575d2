using System.Globalization;
using Sluice.Instruments.Bench;
using Sluice.Measuring;

if (args is [FloorSample.Argument, var number])
{
    Console.WriteLine(await FloorSample.MeasureAsync(Number(number)));
    return;
}

if (args is [Apart.Argument, var index, var contender, var count])
{
    await Apart.MeasureHereAsync(Cases()[Number(index)], Number(contender), Number(count));
    return;
}

var quick = args.Contains("--quick");
var report = new Report("instruments", args.Contains("--json"));
var only = args.FirstOrDefault(arg => !arg.StartsWith("--", StringComparison.Ordinal));
var rounds = quick ? 40 : 200;

// A process is lucky or not with where its threads and its memory lie, for as long as it lives: that is worth a quarter of its speed.
var processes = quick ? 3 : 7;

if (only is null || Floor.Name.StartsWith(only, StringComparison.Ordinal))
{
    report.Add(await Floor.MeasureAsync(quick ? 8 : 24));
}

var cases = Cases();
for (var i = 0; i < cases.Length; i++)
{
    var one = cases[i];
    if (only is null || one.Name.StartsWith(only, StringComparison.Ordinal))
    {
        if (one.Ways > 0)
        {
            report.Add(await Apart.MeasureAsync(one, i, rounds, processes));
            continue;
        }

        await using (one)
        {
            report.Add(await Rounds.Run(one.Name, one.Unit, await one.Contenders(), one.Operations, one.Rounds > 0 ? one.Rounds : rounds));
        }
    }
}

report.Finish();

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static IBenchCase[] Cases() =>
[
    new TellCase(),
    new QueueCase(),
    new RemoteCase(isRabbit: false),
    new RemoteCase(isRabbit: true),
    new TubeCase(isAsync: false, "Same"),
    new TubeCase(isAsync: true, "Same"),
    new TubeCase(isAsync: true, "Work"),
    new WatchCase("Same"),
    new WatchCase("Work"),
];
