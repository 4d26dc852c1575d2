using System.Text.Json;

namespace Sluice.Exporters.Sinks.Otlp;

/// <summary>Writes OpenTelemetry's <c>KeyValue</c> and <c>AnyValue</c> (opentelemetry/proto/common/v1/common.proto).</summary>
internal static class OtlpValues
{
    public static void KeyValue(this ProtoWriter proto, int field, string key, string value)
    {
        var pair = proto.Begin(field);
        proto.Text(1, key);
        var any = proto.Begin(2);
        proto.Text(1, value);
        proto.End(any);
        proto.End(pair);
    }

    /// <summary>Writes each member of a JSON object; anything else writes nothing.</summary>
    public static void KeyValues(this ProtoWriter proto, int field, JsonElement fields)
    {
        if (fields.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in fields.EnumerateObject())
        {
            var pair = proto.Begin(field);
            proto.Text(1, member.Name);
            proto.AnyValue(2, member.Value);
            proto.End(pair);
        }
    }

    /// <summary>Writes a JSON value; null is an empty value, a number that is no 64-bit integer a double.</summary>
    public static void AnyValue(this ProtoWriter proto, int field, JsonElement value)
    {
        var any = proto.Begin(field);
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                proto.Text(1, value.GetString() ?? "");
                break;
            case JsonValueKind.True or JsonValueKind.False:
                proto.Whole(2, value.GetBoolean() ? 1 : 0);
                break;
            case JsonValueKind.Number when value.TryGetInt64(out var whole):
                proto.Whole(3, whole);
                break;
            case JsonValueKind.Number:
                proto.Real(4, value.GetDouble());
                break;
            case JsonValueKind.Array:
                var array = proto.Begin(5);
                foreach (var element in value.EnumerateArray())
                {
                    proto.AnyValue(1, element);
                }

                proto.End(array);
                break;
            case JsonValueKind.Object:
                var list = proto.Begin(6);
                proto.KeyValues(1, value);
                proto.End(list);
                break;
            default:
                break;
        }

        proto.End(any);
    }
}
