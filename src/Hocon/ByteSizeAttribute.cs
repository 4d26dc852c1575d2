namespace Sluice.Hocon;

/// <summary>Marks a whole number in a settings record as bytes: its value is written as a size such as <c>64 MiB</c>. An attribute of the same name declared elsewhere counts as well.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ByteSizeAttribute : Attribute;
