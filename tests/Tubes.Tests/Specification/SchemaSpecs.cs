using System.Text.Json;
using Sluice.Tubes.Specification;

namespace Sluice.Tubes.Tests.Specification;

public class SchemaSpecs
{
    private static string DocumentedSchema => Path.Combine(Root(), "docs", "tube.schema.json");

    [Fact]
    public void The_schema_in_docs_is_the_one_that_the_code_generates()
    {
        // To renew it after a change of the form: SLUICE_RENEW=1 dotnet test …
        if (Environment.GetEnvironmentVariable("SLUICE_RENEW") == "1")
        {
            File.WriteAllText(DocumentedSchema, TubeSchema.Text);
        }

        File.ReadAllText(DocumentedSchema).ReplaceLineEndings("\n").ShouldBe(TubeSchema.Text);
    }

    [Fact]
    public void The_schema_knows_every_key_that_the_reader_knows()
    {
        using var schema = JsonDocument.Parse(TubeSchema.Text);

        Keys(schema.RootElement).ShouldBe(TubeReader.Keys, ignoreOrder: true);
        Keys(schema.RootElement.GetProperty("$defs").GetProperty("node")).ShouldBe(NodeReader.NodeKeys, ignoreOrder: true);
        Keys(schema.RootElement.GetProperty("$defs").GetProperty("asset")).ShouldBe(NodeReader.AssetKeys, ignoreOrder: true);
        Keys(schema.RootElement.GetProperty("$defs").GetProperty("input")).ShouldBe(NodeReader.InputKeys, ignoreOrder: true);
    }

    private static IEnumerable<string> Keys(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(property => property.Name);

    // Not from the compiler's path of this file: a build for CI maps it away.
    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sluice.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
