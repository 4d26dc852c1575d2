using System.Text.Json;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Specification.Source;

namespace Sluice.Tubes.Specification;

/// <summary>Reads specifications from YAML, JSON or memory, and checks their form.</summary>
/// <remarks>All methods throw <see cref="InvalidTubeException"/> for a specification that says something it must not.</remarks>
public static class TubeReader
{
    internal static readonly string[] Keys =
        ["noob_id", "tube", "noob_model", "noob_version", "description", "extends", "input", "assets", "nodes", "on-error", "placement"];

    /// <summary>Reads a file; tubes that it extends are looked up in <paramref name="library"/> and beside it.</summary>
    /// <exception cref="UnknownTubeException">The file, or a tube that it extends, was not found.</exception>
    public static TubeSpecification FromFile(string path, TubeLibrary? library = null)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new UnknownTubeException($"{path}: the tube cannot be read: {missing.Message}", missing);
        }

        return FromYaml(text, path, library);
    }

    /// <summary>Reads YAML text. <paramref name="file"/> names it in errors.</summary>
    public static TubeSpecification FromYaml(string text, string file = "tube", TubeLibrary? library = null) =>
        FromSource(YamlSource.Read(text, file), library);

    /// <summary>Reads JSON text. <paramref name="name"/> names it in errors.</summary>
    public static TubeSpecification FromJson(string text, string name = "tube", TubeLibrary? library = null) =>
        FromSource(JsonSource.Read(text, name), library);

    /// <summary>Reads a JSON value. <paramref name="name"/> names it in errors.</summary>
    public static TubeSpecification FromJson(JsonElement element, string name = "tube", TubeLibrary? library = null) =>
        FromSource(JsonSource.Read(element, name), library);

    /// <summary>Reads a specification made of dictionaries, lists and plain values. <paramref name="name"/> names it in errors.</summary>
    public static TubeSpecification FromDictionary(
        IReadOnlyDictionary<string, object?> specification, string name = "tube", TubeLibrary? library = null) =>
        FromSource((SourceMap)SourceNode.From(specification, new SourcePosition(name, 0, 0)), library);

    internal static TubeSpecification FromSource(SourceMap source, TubeLibrary? library) =>
        Read(Extended(source, library ?? new TubeLibrary([]), []));

    private static SourceMap Extended(SourceMap source, TubeLibrary library, IReadOnlyList<string> chain)
    {
        if (source["extends"] is null or SourceScalar { Value: null })
        {
            return source;
        }

        var position = source["extends"]!.Position;
        var parents = source["extends"] as SourceList
            ?? throw new InvalidTubeException(position, "extends", "this must be a list of tubes; put a dash before each.");
        var names = parents.Items.Select(item => (item as SourceScalar)?.Value as string
            ?? throw new InvalidTubeException(item.Position, "extends", "this must be the id or the file of a tube."));
        return names
            .Select(name => chain.Contains(name)
                ? throw new InvalidTubeException(position, "extends", $"a tube cannot extend itself: {string.Join(" -> ", chain.Append(name))}.")
                : Extended(library.Source(name, position), library, [.. chain, name]))
            .Append(source)
            .Aggregate(Extension.Lay);
    }

    private static TubeSpecification Read(SourceMap source)
    {
        var fields = new Fields(source, "", source.Position, Keys);
        var id = fields.Text("tube") ?? fields.RequiredText("noob_id", "the tube's id");
        if (!Identifiers.IsTubeId(id))
        {
            throw fields.Error("noob_id", $"'{id}' cannot be a tube's id; use letters, digits, _, -, / and #.");
        }

        _ = fields.Text("noob_model");
        var nodes = fields.Section("nodes").Select(NodeReader.Node).ToList();
        if (nodes.Where(node => node.Type == "return").Skip(1).FirstOrDefault() is { } second)
        {
            throw new InvalidTubeException(second.Position, second.Key(), "a tube has one return node, this is the second; remove one.");
        }

        var specification = new TubeSpecification
        {
            Id = id,
            Version = fields.Text("noob_version"),
            Description = fields.Text("description"),
            Inputs = [.. fields.Section("input").Select(NodeReader.Input)],
            Assets = [.. fields.Section("assets").Select(NodeReader.Asset)],
            Nodes = nodes,
            OnError = NodeReader.OnError(fields) ?? ErrorPolicy.Fail,
            Placement = Placement.Read(fields),
            Position = source.Position,
        };
        ReferenceCheck.Run(specification);
        return specification;
    }
}
