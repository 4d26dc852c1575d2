using System.Text.Json;
using Sluice.Tubes.Binding.Conversion;

namespace Sluice.Conformance.Tests.Cases;

/// <summary>A JSON object as a tube's inputs.</summary>
public static class PlainJson
{
    public static Dictionary<string, object?> Map(JsonElement? element) =>
        element is { } members && JsonValues.ToPlain(members) is Dictionary<string, object?> map ? map : [];
}
