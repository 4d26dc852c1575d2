using System.Text.Json;

namespace Sluice.Conformance.Tests.Cases;

/// <summary>An event as the files write it: <c>[node, signal, epoch, value]</c>.</summary>
public sealed record ExpectedEvent(string Node, string Signal, string Epoch, JsonElement Value);
