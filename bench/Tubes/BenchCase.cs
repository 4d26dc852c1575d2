namespace Sluice.Tubes.Bench;

/// <summary>A graph, ours first.</summary>
/// <param name="Name">The case.</param>
/// <param name="Calls">Node calls per epoch.</param>
/// <param name="Epochs">Epochs of one repetition at scale 1: about 100 ms.</param>
/// <param name="Contenders">Ours first, then the peers.</param>
internal sealed record BenchCase(string Name, int Calls, int Epochs, IReadOnlyList<Contender> Contenders);
