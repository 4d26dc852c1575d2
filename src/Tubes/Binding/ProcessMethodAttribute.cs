namespace Sluice.Tubes.Binding;

/// <summary>Marks the one method of a class that a tube calls, where it is not named <c>Process</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProcessMethodAttribute : Attribute;
