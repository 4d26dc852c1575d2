using Sluice.Conformance.Tests.Cases;
using Sluice.Conformance.Tests.Runners;
using Sluice.Testing.Nodes.Cases;
using Sluice.Tubes;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Specification;

[assembly: CollectionBehavior(DisableTestParallelization = true)] // the tracing nodes share one log

namespace Sluice.Conformance.Tests;

/// <summary>
/// Every golden file and every scenario, under its own name, on every kind of runner: the reference's where its folder is found
/// (<see cref="ConformanceFolder"/>), and the project's own always.
/// </summary>
public class ConformanceSpecs
{
    private const string OwnPrefix = "own: ";

    private static readonly Dictionary<string, ConformanceCase> Goldens = Collect(CaseReader.Goldens);

    private static readonly Dictionary<string, ConformanceCase> Scenarios = Collect(CaseReader.Scenarios);

    public static TheoryData<string, string> GoldenNames => Rows(Goldens.Keys);

    public static TheoryData<string, string> ScenarioNames => Rows(Scenarios.Keys);

    public static TheoryData<string> TubeFiles =>
        [.. new[] { ConformanceFolder.Reference, ConformanceFolder.Own }
            .OfType<string>()
            .Select(folder => Path.Combine(folder, "tubes"))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(GoldenNames))]
    public Task Golden(string name, string runner) => TryAsync(Goldens[name], runner);

    [Theory]
    [MemberData(nameof(ScenarioNames))]
    public Task Scenario(string name, string runner) => TryAsync(Scenarios[name], runner);

    [Theory]
    [MemberData(nameof(TubeFiles))]
    public void Tube_file_loads_unchanged(string file)
    {
        var folder = Above(file, "tubes");
        var library = new TubeLibrary([folder]);
        try
        {
            Tube.Build(library.Load(file), new NodeTypes([typeof(CallLog).Assembly]), new TubeOptions { Library = library });
        }
        catch (InputMissingException)
        {
            // It is read and bound; the inputs come with the golden or scenario that uses it.
        }
        catch (InvalidTubeException refused)
        {
            var known = Goldens.Values.FirstOrDefault(golden => golden.Tubes == folder && golden.Tube is { } id && library.Find(id) == file);
            known?.LoadError.ShouldNotBeNull($"only what the reference refuses may be refused: {refused}");
            known.ShouldNotBeNull(refused.ToString());
        }
    }

    private static async Task TryAsync(ConformanceCase tried, string runner)
    {
        var trial = new Trial(tried, runner);
        if (!OpenCases.All.TryGetValue(tried.Name, out var reason))
        {
            await trial.RunAsync();
            return;
        }

        (await Record.ExceptionAsync(trial.RunAsync)).ShouldNotBeNull($"{tried.Name} agrees now: take it out of {nameof(OpenCases)} ({reason})");
    }

    private static string Above(string file, string folder)
    {
        var above = Path.GetDirectoryName(file);
        while (above is not null && Path.GetFileName(above) != folder)
        {
            above = Path.GetDirectoryName(above);
        }

        return above ?? file;
    }

    private static Dictionary<string, ConformanceCase> Collect(Func<string, bool, IEnumerable<ConformanceCase>> read)
    {
        var cases = read(ConformanceFolder.Own, false).ToDictionary(own => OwnPrefix + own.Name);
        foreach (var reference in ConformanceFolder.Reference is { } folder ? read(folder, true) : [])
        {
            cases.Add(reference.Name, reference);
        }

        return cases;
    }

    private static TheoryData<string, string> Rows(IEnumerable<string> names)
    {
        var rows = new TheoryData<string, string>();
        foreach (var name in names)
        {
            foreach (var runner in RunnerKinds.Names)
            {
                rows.Add(name, runner);
            }
        }

        return rows;
    }
}
