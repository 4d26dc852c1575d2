namespace Sluice.Tubes.Binding;

/// <summary>Marks a text parameter, of a node class's constructor or of the method itself, that is given the node's id; it is no slot and no param.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class NodeIdAttribute : Attribute;
