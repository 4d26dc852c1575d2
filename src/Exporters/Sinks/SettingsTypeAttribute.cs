namespace Sluice.Exporters.Sinks;

/// <summary>The value of <c>type</c> that chooses a settings record; the HOCON binder knows this attribute by its name.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class SettingsTypeAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
