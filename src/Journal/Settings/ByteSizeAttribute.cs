namespace Sluice.Journal.Settings;

/// <summary>Marks a number of bytes that configuration writes as a size; the binder knows the attribute by its name.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ByteSizeAttribute : Attribute;
