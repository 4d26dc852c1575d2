namespace Sluice.Cluster.Wire;

/// <summary>Lets messages of a type travel between members, once its assembly is given to <see cref="MessageTypes.RegisterMarked"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum, Inherited = false)]
public sealed class WireMessageAttribute : Attribute
{
    /// <summary>What the type is called on the wire; its full name where nothing is given. Give one to be free to rename the type.</summary>
    public string? Name { get; init; }
}
