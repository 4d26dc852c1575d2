using System.Text;
using System.Text.Json;

namespace Sluice.Exporters.Sinks.Sql;

/// <summary>Takes the values of a row out of an item and checks their types.</summary>
internal sealed class RowReader(SqlSinkSettings settings)
{
    private readonly (string Name, ColumnSettings Column, string[] Steps)[] _columns =
        [.. settings.Columns.Select(column => (column.Key, column.Value, column.Value.Path.Split('.')))];

    /// <summary>The values in the order of the settings' columns, null where there is none; or why the item can never be a row.</summary>
    public object?[]? Read(SinkItem item, out SinkOutcome.Undeliverable? refusal)
    {
        refusal = null;
        try
        {
            using var document = item.IsJson ? JsonDocument.Parse(item.Payload) : JsonSerializer.SerializeToDocument(Encoding.UTF8.GetString(item.Payload.Span));
            var values = new object?[_columns.Length];
            for (var i = 0; i < values.Length; i++)
            {
                var (name, column, steps) = _columns[i];
                if (!TryRead(item, document.RootElement, column, steps, out values[i], out var found))
                {
                    refusal = new SinkOutcome.Undeliverable($"Column '{name}' takes {column.Type}, but {column.Path} is {found}.", "type-mismatch");
                    return null;
                }

                if (values[i] is null && column.Required is true)
                {
                    refusal = new SinkOutcome.Undeliverable($"Column '{name}' is required, but the item has no {column.Path}.", "missing-value");
                    return null;
                }
            }

            return values;
        }
        catch (JsonException fault)
        {
            refusal = new SinkOutcome.Undeliverable($"The payload is not JSON: {fault.Message}", "invalid-json");
            return null;
        }
    }

    private static bool TryRead(SinkItem item, JsonElement root, ColumnSettings column, string[] steps, out object? value, out string found)
    {
        if (column.Path is not "$item" && column.Path.StartsWith('$') is var isOrigin && (isOrigin || column.Path.StartsWith('@')))
        {
            value = isOrigin ? OfOrigin(item.Origin, column.Path) : item.Arguments.GetValueOrDefault(column.Path[1..]);
            found = "text";
            return value is null || column.Type is ColumnType.Text;
        }

        var json = column.Path is "$item" ? root : Follow(root, steps);
        found = json.ValueKind.ToString();
        value = null;
        return json.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || TryConvert(json, column.Type, out value);
    }

    private static JsonElement Follow(JsonElement json, string[] steps)
    {
        foreach (var step in steps)
        {
            if (json.ValueKind is not JsonValueKind.Object || !json.TryGetProperty(step, out json))
            {
                return default;
            }
        }

        return json;
    }

    private static bool TryConvert(JsonElement json, ColumnType type, out object? value)
    {
        value = (type, json.ValueKind) switch
        {
            (ColumnType.Text, JsonValueKind.String) => json.GetString(),
            (ColumnType.Whole, JsonValueKind.Number) => json.TryGetInt64(out var whole) ? whole : null,
            (ColumnType.Real, JsonValueKind.Number) => json.GetDouble(),
            (ColumnType.Boolean, JsonValueKind.True or JsonValueKind.False) => json.GetBoolean(),
            (ColumnType.Timestamp, JsonValueKind.String) => json.TryGetDateTimeOffset(out var time) ? time : null,
            (ColumnType.Json, _) => json.GetRawText(),
            _ => null,
        };
        return value is not null;
    }

    private static string? OfOrigin(SinkOrigin? origin, string path) => path switch
    {
        "$pool" => origin?.Pool,
        "$tube" => origin?.Tube,
        "$run" => origin?.Run,
        "$node" => origin?.Node,
        "$epoch" => origin?.Epoch,
        _ => null,
    };
}
