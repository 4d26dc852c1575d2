namespace Sluice.Tubes.Binding.Resolution;

/// <summary>One name of one target.</summary>
internal sealed record Candidate(string Name, NameRank Rank, NodeTarget Target);
