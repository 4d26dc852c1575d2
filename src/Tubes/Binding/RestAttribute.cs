namespace Sluice.Tubes.Binding;

/// <summary>Marks a dictionary parameter that takes every named input and param without a parameter of its own.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class RestAttribute : Attribute;
