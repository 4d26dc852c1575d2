namespace Sluice.Hocon;

/// <summary>
/// Names one of the records that derive from an abstract settings record, in the same assembly. Which of them is built, the object's key
/// <c>type</c> says: <c>type = file</c>. An attribute of the same name declared elsewhere counts as well, so that a project below can do without
/// a reference to this one.
/// </summary>
/// <param name="name">What stands behind <c>type =</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SettingsTypeAttribute(string name) : Attribute
{
    /// <summary>What stands behind <c>type =</c>.</summary>
    public string Name { get; } = name;
}
