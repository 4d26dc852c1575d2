using Sluice.Tubes.Scheduling;
using Sluice.Tubes.Watching;

namespace Sluice.Tubes.Runners.Lines;

/// <summary>Calls that follow each other on a straight line, as one method: from one call to the next values go in its locals.</summary>
/// <param name="End">The place behind its last call.</param>
/// <param name="Code">Makes the calls.</param>
internal sealed record LineSegment(int End, LineSegment.Calls Code)
{
    /// <summary>Makes the calls and writes what they give into the cells.</summary>
    /// <returns>The place where it stopped, times <see cref="Stops"/>, plus the <see cref="LineStop"/>.</returns>
    internal delegate int Calls(SignalCell[] cells, object?[] inputs, CallClock clock, LineWatch watch, CancellationToken stop);

    /// <summary>More than there are ways to stop.</summary>
    public const int Stops = 8;
}
