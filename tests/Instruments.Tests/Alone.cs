namespace Sluice.Instruments.Tests;

/// <summary>For tests that nothing else may be measured beside: who listens to the meters of one test hears those of all, on their threads.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
