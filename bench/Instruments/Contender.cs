namespace Sluice.Instruments.Bench;

/// <summary>The same load, watched in one way.</summary>
/// <param name="Name">How it is watched.</param>
/// <param name="Run">Carries out so many operations.</param>
internal sealed record Contender(string Name, Func<int, Task> Run);
