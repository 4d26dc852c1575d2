namespace Sluice.Tubes.Bench;

/// <summary>One way to take the same graph through so many epochs; or, without a way, epochs per second measured elsewhere.</summary>
internal sealed record Contender(string Name, Func<int, Task>? Run, double KnownRate = 0);
