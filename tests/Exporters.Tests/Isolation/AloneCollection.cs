namespace Sluice.Exporters.Tests.Isolation;

/// <summary>Tests of what the whole process shares, so that nothing else may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
