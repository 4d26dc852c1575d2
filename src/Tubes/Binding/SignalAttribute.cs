namespace Sluice.Tubes.Binding;

/// <summary>Names the signals of a return value: once for the whole value, or once per element, in order, for a tuple or list with several.</summary>
[AttributeUsage(AttributeTargets.ReturnValue, AllowMultiple = true)]
public sealed class SignalAttribute(string name) : Attribute
{
    /// <summary>The signal's name.</summary>
    public string Name { get; } = name;
}
