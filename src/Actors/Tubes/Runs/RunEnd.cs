namespace Sluice.Actors.Tubes.Runs;

/// <summary>How a run ended.</summary>
/// <param name="Failure">What it failed with; null when it did not. The end of a source is one, too.</param>
/// <param name="Disabled">Nodes that failed and shall be disabled before the rest of the epochs.</param>
internal sealed record RunEnd(Exception? Failure, IReadOnlyList<int> Disabled)
{
    public static RunEnd Done { get; } = new(null, []);
}
