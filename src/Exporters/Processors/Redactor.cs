using System.Collections;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Exporters.Processors;

/// <summary>Replaces the values of secret keys in plain data: dictionaries, lists and JSON, at any depth. What it is given stays as it is.</summary>
internal sealed class Redactor(RedactionSettings settings)
{
    private readonly FrozenSet<string> _keys = settings.Keys.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, object?> Redact(IEnumerable<KeyValuePair<string, object?>> attributes) =>
        attributes.ToDictionary(attribute => attribute.Key, attribute => _keys.Contains(attribute.Key) ? settings.Replacement : Redact(attribute.Value));

    public object? Redact(object? value) => value switch
    {
        IEnumerable<KeyValuePair<string, object?>> fields => Redact(fields),
        JsonElement json => Redact(JsonSerializer.SerializeToNode(json)),
        JsonNode json => Redact(json.DeepClone()),
        IDictionary dictionary => Redact(dictionary.Keys.Cast<object>().Select(key => KeyValuePair.Create($"{key}", dictionary[key]))),
        string or null => value,
        IList list => list.Cast<object?>().Select(Redact).ToList(),
        _ => value,
    };

    private JsonNode? Redact(JsonNode? copy)
    {
        if (copy is JsonObject fields)
        {
            foreach (var (key, field) in fields.ToList())
            {
                if (_keys.Contains(key))
                {
                    fields[key] = settings.Replacement;
                }
                else
                {
                    Redact(field);
                }
            }
        }
        else if (copy is JsonArray items)
        {
            foreach (var item in items)
            {
                Redact(item);
            }
        }

        return copy;
    }
}
