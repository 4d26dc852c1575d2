namespace Sluice.Actors.Tubes.Flow;

/// <summary>How a call stands that was made in the runner's place.</summary>
internal enum CallOutcome
{
    /// <summary>It has come back.</summary>
    Done,

    /// <summary>It has come back with a failure of the node's.</summary>
    Failed,

    /// <summary>It goes on, and comes back as a message.</summary>
    Later,

    /// <summary>It took too long, and the course was taken away meanwhile: nothing of it may be touched any more.</summary>
    Lost,
}
