using Sluice.Tubes.Runners;

namespace Sluice.Actors.Tubes.Flow;

/// <summary>Makes calls on behalf of a course that it was lent.</summary>
internal interface IPassage
{
    /// <summary>Whether the course is to be given back soon.</summary>
    bool IsWanted { get; }

    /// <summary>Makes a call.</summary>
    CallOutcome Call(NodeTask task, bool isMeasured);

    /// <summary>Makes the calls from a place on, as far as the line has code for them.</summary>
    /// <param name="line">The line.</param>
    /// <param name="tasks">The calls, by their places.</param>
    /// <param name="place">Becomes the place behind the last; or that of the call that was not <see cref="CallOutcome.Done"/>, or ended with an error.</param>
    CallOutcome Call(StraightLine line, NodeTask[] tasks, ref int place);
}
