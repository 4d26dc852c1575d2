namespace Sluice.Instruments.Events;

/// <summary>What an actor or task did after its turn.</summary>
public enum TaskNext
{
    /// <summary>Not known yet.</summary>
    Undecided,

    /// <summary>It waits for its next message.</summary>
    Waits,

    /// <summary>It gave the thread back in the middle: an <c>await</c> is not complete.</summary>
    Yields,

    /// <summary>It did not know the message.</summary>
    Unhandled,

    /// <summary>It put the message aside.</summary>
    Stashed,

    /// <summary>It threw.</summary>
    Failed,

    /// <summary>Its supervisor let it go on as it was.</summary>
    Resumed,

    /// <summary>Its supervisor started it anew.</summary>
    Restarted,

    /// <summary>It stopped, by itself or by its supervisor.</summary>
    Stopped,

    /// <summary>Its supervisor failed in its place.</summary>
    Escalated,

    /// <summary>It is done.</summary>
    Completed,
}
