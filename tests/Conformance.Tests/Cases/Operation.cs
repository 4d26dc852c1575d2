using System.Text.Json;

namespace Sluice.Conformance.Tests.Cases;

/// <summary>One thing done with a runner, and what must come of it.</summary>
public sealed record Operation
{
    public required string Kind { get; init; }

    public JsonElement? Argument { get; init; }

    public JsonElement? Return { get; init; }

    public ExpectedError? Error { get; init; }

    public IReadOnlyList<ExpectedEvent> Events { get; init; } = [];

    public IReadOnlyList<string> Log { get; init; } = [];

    /// <summary>The assets' objects afterwards, by id; null where nothing is said.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Assets { get; init; }

    public int Warnings { get; init; }

    /// <summary>The reference never came back from this one; ours must not be compared from here on.</summary>
    public bool Hangs { get; init; }

    public override string ToString() => Argument is { } argument ? $"{Kind} {argument.GetRawText()}" : Kind;
}
