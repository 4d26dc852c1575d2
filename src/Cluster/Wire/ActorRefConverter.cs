using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Wire;

/// <summary>Writes refs inside messages as the paths that every member can resolve.</summary>
internal sealed class ActorRefConverter(IRefTexts refs) : JsonConverter<IActorRef>
{
    private static readonly Address Nowhere = new("sluice", "nowhere");

    public override bool CanConvert(Type typeToConvert) => typeof(IActorRef).IsAssignableFrom(typeToConvert);

    public override IActorRef? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: <= WireFormat.LongestText } text
            ? refs.Resolve(text, Nowhere) ?? throw new JsonException($"'{text}' is no actor path.")
            : throw new JsonException("A ref is written as its path.");

    public override void Write(Utf8JsonWriter writer, IActorRef value, JsonSerializerOptions options) => writer.WriteStringValue(refs.FullText(value));
}
