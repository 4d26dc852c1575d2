using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Tubes.Specification;

/// <summary>The JSON Schema of tube files, for editors that complete and check YAML. It allows what <see cref="TubeReader"/> reads.</summary>
public static class TubeSchema
{
    // Letters beyond ASCII are allowed in ids, and editors' expressions cannot name them: so these say what must not be there.
    private const string Identifier = @"^(?!(?:assets|input|meta|tube)$)[^\s.:\-0-9][^\s.:\-]*$";
    private const string Signal = @"^[^\s.:\-0-9][^\s.:\-]*\.[^\s.:\-0-9][^\s.:\-]*$";

    private static readonly JsonSerializerOptions s_format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>The schema as JSON text.</summary>
    public static string Text => Schema().ToJsonString(s_format) + "\n";

    private static JsonObject Schema() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "A Sluice tube",
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["anyOf"] = new JsonArray(Required("noob_id"), Required("tube")),
        ["properties"] = new JsonObject
        {
            ["noob_id"] = Words("The tube's id.", @"^[\w\-/#]+$"),
            ["tube"] = Words("The tube's id; the same as noob_id.", @"^[\w\-/#]+$"),
            ["noob_model"] = Words("Kept for tubes written for noob."),
            ["noob_version"] = Words("The version of the form it was written for, in quotes."),
            ["description"] = Words("Text for people."),
            ["extends"] = Described(new JsonObject { ["type"] = "array", ["items"] = Words("The id or file of a tube.") }, "Tubes that this one is laid over; later ones win."),
            ["input"] = Section("Values given when the tube is built, or with every process call.", "input"),
            ["assets"] = Section("Objects that nodes share.", "asset"),
            ["nodes"] = Section("What is called, and what depends on what.", "node"),
            ["on-error"] = Reference("on-error"),
            ["placement"] = Reference("placement"),
        },
        ["$defs"] = new JsonObject
        {
            ["node"] = Node(),
            ["asset"] = Asset(),
            ["input"] = Input(),
            ["signal"] = Words("A signal of a node, an input or an asset: node.signal, input.name, assets.name.", Signal),
            ["on-error"] = Words($"What a failure does: {ErrorPolicyText.Forms}.", @"^(?:fail|skip-epoch|disable|retry\(\s*\d+\s*(?:,\s*\d+(?:\.\d+)?\s*(?:ms|s|m)\s*)?\))$"),
            ["depends"] = Depends(),
            ["placement"] = Described(
                new JsonObject
                {
                    ["anyOf"] = new JsonArray(
                        new JsonObject { ["enum"] = new JsonArray("local", "round-robin") },
                        new JsonObject
                        {
                            ["type"] = "object",
                            ["required"] = new JsonArray("role"),
                            ["additionalProperties"] = false,
                            ["properties"] = new JsonObject { ["role"] = new JsonObject { ["type"] = "string" } },
                        }),
                },
                $"Where nodes run in a cluster: {Placement.Forms}."),
        },
    };

    private static JsonObject Depends() => new()
    {
        ["description"] = "One node.signal, or a list of node.signal (by position) and slot: node.signal.",
        ["oneOf"] = new JsonArray(
            Reference("signal"),
            new JsonObject { ["type"] = "null" },
            new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject
                {
                    ["oneOf"] = new JsonArray(
                        Reference("signal"),
                        new JsonObject
                        {
                            ["type"] = "object",
                            ["minProperties"] = 1,
                            ["maxProperties"] = 1,
                            ["propertyNames"] = new JsonObject { ["pattern"] = Identifier },
                            ["additionalProperties"] = Reference("signal"),
                        }),
                },
            }),
    };

    private static JsonObject Node() => Entry(new JsonObject
    {
        ["type"] = Words("gather, map, return, tube, or the name of a C# method or class: Namespace.Type.Method.", @"^[^.]"),
        ["depends"] = Reference("depends"),
        ["params"] = Described(new JsonObject { ["type"] = new JsonArray("object", "null") }, "Values for the code; input.NAME stands for an input of scope tube."),
        ["enabled"] = Described(
            new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "boolean" }, new JsonObject { ["type"] = "string", ["pattern"] = @"^input\.\w+$" }) },
            "Whether the node takes part: true, false, or input.NAME."),
        ["stateful"] = Described(new JsonObject { ["type"] = new JsonArray("boolean", "null") }, "Whether its calls come in the order of epochs."),
        ["on-error"] = Reference("on-error"),
        ["placement"] = Reference("placement"),
        ["partition-by"] = Words("The slot whose value decides which copy of the node gets the call."),
    });

    private static JsonObject Asset() => Entry(new JsonObject
    {
        ["type"] = Words("The name of the C# method or class that makes the object.", @"^[^.]"),
        ["scope"] = OneOf<AssetScope>("How long the object lives."),
        ["params"] = Described(new JsonObject { ["type"] = new JsonArray("object", "array", "null") }, "Values for the code."),
        ["depends"] = Described(
            new JsonObject { ["anyOf"] = new JsonArray(Reference("signal"), new JsonObject { ["type"] = "null" }) },
            "The signal whose value becomes the object for the next epochs; scope runner only."),
    });

    private static JsonObject Input() => Entry(new JsonObject
    {
        ["type"] = Words("What kind of value people shall give; for documentation."),
        ["scope"] = OneOf<InputScope>("When it is given; tube when left out."),
        ["default"] = new JsonObject { ["description"] = "The value when none is given." },
        ["required"] = Described(new JsonObject { ["type"] = "boolean" }, "Whether it is an error to give none."),
    });

    private static JsonObject Entry(JsonObject properties)
    {
        properties["id"] = Words("The same as the key; may be left out.");
        properties["description"] = Words("Text for people.");
        return new JsonObject { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = false, ["properties"] = properties };
    }

    private static JsonObject Section(string description, string entry) => new()
    {
        ["description"] = description,
        ["type"] = new JsonArray("object", "null"),
        ["propertyNames"] = new JsonObject { ["pattern"] = Identifier },
        ["additionalProperties"] = Reference(entry),
    };

    private static JsonObject OneOf<T>(string description)
        where T : struct, Enum => new()
        {
            ["description"] = description,
            ["enum"] = new JsonArray([.. Enum.GetNames<T>().Select(name => (JsonNode)name.ToLowerInvariant())]),
        };

    private static JsonObject Words(string description, string? pattern = null)
    {
        var text = new JsonObject { ["description"] = description, ["type"] = "string" };
        if (pattern is not null)
        {
            text["pattern"] = pattern;
        }

        return text;
    }

    private static JsonObject Described(JsonObject schema, string description)
    {
        schema.Insert(0, "description", description);
        return schema;
    }

    private static JsonObject Reference(string definition) => new() { ["$ref"] = $"#/$defs/{definition}" };

    private static JsonObject Required(string key) => new() { ["required"] = new JsonArray(key) };
}
