namespace Sluice.Cluster.RabbitMq;

/// <summary>Marks a number of bytes, written as a size such as <c>1 MiB</c>; the HOCON binder knows this attribute by its name.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ByteSizeAttribute : Attribute;
