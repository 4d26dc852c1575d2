namespace Sluice.Tubes.Binding;

/// <summary>
/// A further name under which tubes find this method or class; it wins over names made from namespaces and types.
/// A name that ends in <c>.*</c> takes every name of that prefix that nothing else has.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class NodeNameAttribute(string name) : Attribute
{
    /// <summary>The name as tubes write it in <c>type</c>.</summary>
    public string Name { get; } = name;
}
