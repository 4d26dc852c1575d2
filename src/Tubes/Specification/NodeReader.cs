using Sluice.Tubes.Specification.Source;

namespace Sluice.Tubes.Specification;

/// <summary>Reads one entry of <c>nodes</c>, <c>assets</c> or <c>input</c>.</summary>
internal static class NodeReader
{
    internal static readonly string[] NodeKeys =
        ["id", "type", "depends", "params", "enabled", "stateful", "description", "on-error", "placement", "partition-by"];

    internal static readonly string[] AssetKeys = ["id", "type", "scope", "params", "depends", "description"];

    internal static readonly string[] InputKeys = ["id", "type", "scope", "default", "required", "description"];

    public static NodeSpecification Node(SourceEntry entry)
    {
        Identifiers.Check(entry, "nodes");
        var fields = new Fields(entry.Value, $"nodes.{entry.Key}", entry.Position, NodeKeys);
        return new NodeSpecification
        {
            Id = entry.Key,
            Type = Type(fields),
            Depends = DependsReader.Read(fields.Map["depends"], fields.Key("depends"), entry.Position),
            Params = fields.Section("params").ToDictionary(param => param.Key, param => param.Value.ToPlain(), StringComparer.Ordinal),
            Enabled = Enabled(fields),
            Stateful = fields.Flag("stateful"),
            Description = fields.Text("description"),
            OnError = OnError(fields),
            Placement = Placement.Read(fields),
            PartitionBy = fields.Text("partition-by"),
            Position = entry.Position,
            TypePosition = fields.At("type"),
            ParamsPosition = fields.At("params"),
        };
    }

    public static AssetSpecification Asset(SourceEntry entry)
    {
        Identifiers.Check(entry, "assets");
        var fields = new Fields(entry.Value, $"assets.{entry.Key}", entry.Position, AssetKeys);
        var scope = fields.OneOf<AssetScope>("scope", null);
        var depends = fields.Map["depends"] is { } signal and not SourceScalar { Value: null }
            ? DependsReader.Signal(signal, fields.Key("depends"), null, null)
            : null;
        if (depends is not null && scope != AssetScope.Runner)
        {
            throw fields.Error("depends", $"only an asset of scope runner can be stored again, this one has scope {scope.ToString().ToLowerInvariant()}.");
        }

        return new AssetSpecification
        {
            Id = entry.Key,
            Type = Type(fields),
            Scope = scope,
            Params = AssetParams(fields),
            Depends = depends,
            Description = fields.Text("description"),
            Position = entry.Position,
            TypePosition = fields.At("type"),
        };
    }

    public static InputSpecification Input(SourceEntry entry)
    {
        Identifiers.Check(entry, "input");
        var fields = new Fields(entry.Value, $"input.{entry.Key}", entry.Position, InputKeys);
        return new InputSpecification
        {
            Id = entry.Key,
            Type = fields.Text("type"),
            Scope = fields.OneOf<InputScope>("scope", InputScope.Tube),
            HasDefault = fields.Map.Find("default") is not null,
            Default = fields.Map["default"]?.ToPlain(),
            Required = fields.Flag("required") ?? true,
            Description = fields.Text("description"),
            Position = entry.Position,
        };
    }

    public static ErrorPolicy? OnError(Fields fields) =>
        fields.Text("on-error") is not { } text ? null
            : ErrorPolicyText.Read(text) ?? throw fields.Error("on-error", $"'{text}' is none of {ErrorPolicyText.Forms}.");

    private static string Type(Fields fields)
    {
        var type = fields.RequiredText("type", "the name of a C# method or class, or gather, map, return, tube");
        return type.StartsWith('.') ? throw fields.Error("type", $"'{type}' is relative; write the whole name, Namespace.Class.Method.") : type;
    }

    private static EnabledSpecification Enabled(Fields fields)
    {
        if (fields.Map["enabled"] is not SourceScalar { Value: string text })
        {
            return new EnabledSpecification(fields.Flag("enabled") ?? true);
        }

        var parts = text.Split('.');
        return parts is [DependencySpecification.Input, var name] && Identifiers.IsIdentifier(name)
            ? new EnabledSpecification(true, name)
            : throw fields.Error("enabled", $"'{text}' is not true, false or input.NAME of a tube input.");
    }

    private static Dictionary<string, object?> AssetParams(Fields fields) => fields.Map["params"] is SourceList list
        ? list.Items.Select((item, index) => (item, index)).ToDictionary(
            pair => pair.index.ToString(System.Globalization.CultureInfo.InvariantCulture), pair => pair.item.ToPlain())
        : fields.Section("params").ToDictionary(param => param.Key, param => param.Value.ToPlain(), StringComparer.Ordinal);
}
