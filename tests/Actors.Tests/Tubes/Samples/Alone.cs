namespace Sluice.Actors.Tests.Tubes.Samples;

/// <summary>Tests that look at the memory of the whole process: nothing else may run meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
