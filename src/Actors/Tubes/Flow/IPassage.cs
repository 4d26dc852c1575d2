namespace Sluice.Actors.Tubes.Flow;

/// <summary>Makes calls on behalf of a course that it was lent.</summary>
internal interface IPassage
{
    /// <summary>Whether the course is to be given back soon.</summary>
    bool IsWanted { get; }

    /// <summary>Makes a call.</summary>
    CallOutcome Call(NodeTask task);
}
