using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sluice.Cluster.Wire;

/// <summary>A type that may travel, with all that is needed to write and read it without looking at the type again.</summary>
internal sealed class MessageType(Type type, string name, JsonSerializerOptions options)
{
    private JsonTypeInfo? _info;

    public Type Type => type;

    public string Name => name;

    public byte[] NameBytes { get; } = Encoding.UTF8.GetBytes(name);

    public JsonTypeInfo Info => _info ??= options.GetTypeInfo(type);
}
