namespace Sluice.Tubes.Specification;

/// <summary>Whether a node takes part: said outright, or by a tube input.</summary>
/// <param name="Value">What is said outright.</param>
/// <param name="Input">The name of the tube input that decides; null when said outright.</param>
public sealed record EnabledSpecification(bool Value, string? Input = null);
