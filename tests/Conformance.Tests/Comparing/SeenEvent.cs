using System.Text.Json.Nodes;

namespace Sluice.Conformance.Tests.Comparing;

/// <summary>An event as it was when it happened.</summary>
public sealed record SeenEvent(string Node, string Signal, string Epoch, JsonNode? Value)
{
    public override string ToString() => $"{Node}.{Signal}@{Epoch} = {Value?.ToJsonString() ?? "null"}";
}
