namespace Sluice.Exporters.Processors;

/// <summary>What is redacted.</summary>
public sealed record RedactionSettings
{
    /// <summary>Attributes whose values are replaced, by name, at any depth; case does not matter.</summary>
    public required IReadOnlyCollection<string> Keys { get; init; }

    /// <summary>What stands in their place.</summary>
    public required string Replacement { get; init; }
}
