using System.Xml.Linq;

namespace Sluice.Architecture.Tests;

/// <summary>The arrows of the design: a project may know only those below it.</summary>
public sealed class LayerSpecs
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Messages"] = [],
        ["Hocon"] = [],
        ["Instruments"] = [],
        ["Journal"] = [],
        ["Rabbit"] = [],
        ["Kernel"] = ["Instruments", "Hocon"],
        ["Exporters"] = ["Instruments", "Rabbit"],
        ["Tubes"] = ["Instruments"],
        ["Actors"] = ["Kernel", "Messages", "Tubes", "Exporters", "Journal", "Instruments"],
        ["Logging"] = ["Actors", "Kernel", "Messages"],
        ["Cluster"] = ["Kernel", "Messages"],
        ["Cluster.RabbitMq"] = ["Cluster", "Rabbit"],
        ["Host"] =
        [
            "Actors", "Cluster", "Cluster.RabbitMq", "Exporters", "Hocon", "Instruments", "Journal", "Kernel", "Messages", "Rabbit", "Tubes",
        ],
    };

    public static TheoryData<string> Projects => [.. SourceProjects().Select(NameOf)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_knows_only_those_below_it(string project)
    {
        Arrows.ShouldContainKey(project, $"src/{project} has no place in the layers");
        var references = ReferencesOf(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

        references.Except(Arrows[project]).ShouldBeEmpty();
    }

    [Fact]
    public void Every_layer_of_the_design_has_its_project() =>
        SourceProjects().Select(NameOf).ShouldBe(Arrows.Keys, ignoreOrder: true);

    [Theory]
    [InlineData("RabbitMQ.Client", "Rabbit")]
    [InlineData("Spectre.Console", "Host")]
    [InlineData("System.CommandLine", "Host")]
    [InlineData("Microsoft.CodeAnalysis.CSharp", "Tubes")]
    [InlineData("Microsoft.Data.Sqlite.Core", "Journal", "Exporters")]
    public void A_package_is_seen_only_where_it_belongs(string package, params string[] homes)
    {
        var users = SourceProjects().Select(NameOf)
            .Where(project => ReferencesOf(project, "PackageReference").Contains(package));

        users.Except(homes).ShouldBeEmpty();
    }

    [Fact]
    public void The_client_of_RabbitMQ_is_used_only_by_the_connection_the_sink_and_the_transport()
    {
        string[] homes = ["src/Rabbit/", "src/Exporters/Sinks/RabbitMq/", "src/Cluster.RabbitMq/"];

        var users = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => File.ReadLines(path).Any(line => line.Contains("RabbitMQ.Client", StringComparison.Ordinal)))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'));

        users.Where(path => !homes.Any(home => path.StartsWith(home, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void Versions_live_only_in_the_central_file()
    {
        var versioned = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/artifacts/", StringComparison.Ordinal))
            .Where(path => XDocument.Load(path).Descendants("PackageReference").Any(reference => reference.Attribute("Version") is not null));

        versioned.ShouldBeEmpty();
    }

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path);

    private static IEnumerable<string> SourceProjects() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories);

    private static List<string> ReferencesOf(string project, string element) =>
        [.. XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"))
            .Descendants(element).Select(reference => reference.Attribute("Include")!.Value)];
}
