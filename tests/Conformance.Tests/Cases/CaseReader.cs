using System.Text.Json;

namespace Sluice.Conformance.Tests.Cases;

/// <summary>Reads <c>golden/*.json</c> and <c>scenarios*.json</c>.</summary>
public static class CaseReader
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static IEnumerable<ConformanceCase> Goldens(string folder, bool isReference) =>
        Directory.Exists(Path.Combine(folder, "golden"))
            ? Directory.EnumerateFiles(Path.Combine(folder, "golden"), "*.json").Order(StringComparer.Ordinal).Select(file => Golden(file, folder, isReference))
            : [];

    public static IEnumerable<ConformanceCase> Scenarios(string folder, bool isReference) =>
        Directory.EnumerateFiles(folder, "scenarios*.json")
            .Order(StringComparer.Ordinal)
            .SelectMany(file => Read(file).GetProperty("scenarios").EnumerateArray())
            .Select(scenario => Scenario(scenario, folder, isReference));

    private static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file), Lenient);
        return document.RootElement.Clone();
    }

    private static ConformanceCase Golden(string file, string folder, bool isReference)
    {
        var golden = Read(file);
        var calls = golden.TryGetProperty("calls", out var listed) ? listed.EnumerateArray().Select(Call).ToList() : [];
        return new ConformanceCase
        {
            Name = Path.GetFileNameWithoutExtension(file),
            IsReference = isReference,
            Tubes = Path.Combine(folder, "tubes"),
            Tube = golden.GetProperty("noob_id").GetString(),
            TubeInput = Inputs(golden, "tube_input"),
            LoadError = Error(golden, "load_error"),
            LoadWarnings = golden.TryGetProperty("load_warnings", out var warnings) ? warnings.GetArrayLength() : null,
            Nodes = golden.TryGetProperty("nodes", out var nodes) ? [.. nodes.EnumerateObject().Select(Node)] : [],
            Operations = [
                new Operation { Kind = "init", Assets = Assets(golden, "assets_after_init") },
                .. calls,
                .. calls.Exists(call => call.Hangs) ? [] : Ending(golden)],
        };
    }

    private static ExpectedNode Node(JsonProperty node) => new(
        node.Name,
        node.Value.GetProperty("enabled").GetBoolean(),
        node.Value.GetProperty("stateful").GetBoolean(),
        [.. node.Value.GetProperty("signals").EnumerateArray().Select(signal => signal.GetString() ?? "")]);

    private static IEnumerable<Operation> Ending(JsonElement golden)
    {
        if (golden.TryGetProperty("epoch_log_after", out var log))
        {
            yield return new Operation { Kind = "epochs", Return = JsonSerializer.SerializeToElement(new { epoch_log = log }) };
        }

        yield return new Operation { Kind = "deinit", Assets = Assets(golden, "assets_after_deinit") };
    }

    private static Operation Call(JsonElement call) => Expect(call) with { Kind = "process", Argument = call.TryGetProperty("input", out var input) ? input : null };

    private static ConformanceCase Scenario(JsonElement scenario, string folder, bool isReference)
    {
        var ops = scenario.TryGetProperty("ops", out var listed) ? listed.EnumerateArray().ToList() : [];
        var results = scenario.TryGetProperty("results", out var given) ? given.EnumerateArray().ToList() : [];
        return new ConformanceCase
        {
            Name = scenario.GetProperty("name").GetString() ?? "",
            IsReference = isReference,
            Tubes = Path.Combine(folder, "tubes"),
            Tube = scenario.TryGetProperty("tube", out var tube) ? tube.GetString() : null,
            Specification = scenario.TryGetProperty("spec", out var specification) ? specification : null,
            TubeInput = Inputs(scenario, "tube_input"),
            MaxIterLoops = scenario.TryGetProperty("runner_kw", out var settings) && settings.TryGetProperty("max_iter_loops", out var loops) ? loops.GetInt32() : null,
            LoadError = Error(scenario, "load_error"),
            Operations = [.. results.Select((result, i) => Expect(result) with
            {
                Kind = ops[i][0].GetString() ?? "",
                Argument = ops[i].GetArrayLength() > 1 ? ops[i][1] : null,
            })],
        };
    }

    private static Operation Expect(JsonElement result) => new()
    {
        Kind = "",
        Return = result.TryGetProperty("return", out var value) ? value : null,
        Error = Error(result, "error"),
        Events = result.TryGetProperty("events", out var events) ? [.. events.EnumerateArray().Select(Event)] : [],
        Log = result.TryGetProperty("log", out var log) ? [.. log.EnumerateArray().Select(entry => entry.GetString() ?? "")] : [],
        Assets = Assets(result, "assets_after"),
        Warnings = result.TryGetProperty("warnings", out var warnings) ? warnings.GetArrayLength() : 0,
        Hangs = result.TryGetProperty("hang", out var hangs) && hangs.ValueKind == JsonValueKind.True,
    };

    private static ExpectedEvent Event(JsonElement entry) => new(entry[0].GetString() ?? "", entry[1].GetString() ?? "", entry[2].ToString(), entry[3]);

    private static ExpectedError? Error(JsonElement holder, string name)
    {
        if (!holder.TryGetProperty(name, out var error) || error.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var message = error.TryGetProperty("message", out var text) ? text.GetString() ?? "" : "";
        var isAboutType = error.TryGetProperty("errors", out var details)
            && details.EnumerateArray().Any(detail => detail.TryGetProperty("loc", out var place) && place.EnumerateArray().LastOrDefault().ToString() == "type");
        return new ExpectedError((error.GetProperty("class").GetString() ?? "").Split('.')[^1], message, isAboutType);
    }

    /// <summary>Either the objects themselves, or records that hold them as <c>obj</c> beside their scope.</summary>
    private static Dictionary<string, JsonElement>? Assets(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var assets) && assets.ValueKind == JsonValueKind.Object
            ? assets.EnumerateObject().ToDictionary(
                asset => asset.Name,
                asset => asset.Value.ValueKind == JsonValueKind.Object && asset.Value.TryGetProperty("scope", out _) ? asset.Value.GetProperty("obj") : asset.Value)
            : null;

    private static Dictionary<string, object?> Inputs(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var inputs) ? PlainJson.Map(inputs) : [];
}
