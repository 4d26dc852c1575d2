using System.Text.RegularExpressions;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Specification;

namespace Sluice.Tubes.Tests.Binding;

public sealed partial class DocumentationSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-specs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_example_in_the_page_on_nodes_runs()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Checkout(), "docs", "nodes.md"));
        var code = Path.Combine(_folder, NodeSources.FileBesideTube);
        await File.WriteAllTextAsync(code, Block(page, "csharp"));
        var nodes = new NodeTypes(await new NodeSources(Path.Combine(_folder, "cache")).LoadAsync([code]));

        await using var tube = Tube.Build(TubeReader.FromYaml(Block(page, "yaml")), nodes);
        await using var runner = new SyncRunner(tube);
        var results = (await runner.RunAsync(10)).ShouldNotBeNull().Cast<IReadOnlyDictionary<string, object?>>().ToList();

        results.ConvertAll(result => $"{result["count"]}: {result["line"]}").ShouldBe(["101: north is fine", "102: south is fine", "103: north is hot"]);
    }

    private static string Block(string page, string language) =>
        Fence().Matches(page).First(block => block.Groups["language"].Value == language).Groups["text"].Value;

    private static string Checkout()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sluice.slnx")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar)) ?? throw new DirectoryNotFoundException("The checkout is not above the tests.");
        }

        return folder;
    }

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
