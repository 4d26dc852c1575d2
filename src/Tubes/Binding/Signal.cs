namespace Sluice.Tubes.Binding;

/// <summary>An output of a node.</summary>
/// <param name="Name">The name that dependents use.</param>
/// <param name="Type">What values on it are.</param>
public sealed record Signal(string Name, Type Type);
