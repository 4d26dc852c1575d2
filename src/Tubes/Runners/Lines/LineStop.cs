namespace Sluice.Tubes.Runners.Lines;

/// <summary>Why the calls of a segment ended where they did.</summary>
internal enum LineStop
{
    /// <summary>All of them are made.</summary>
    Done,

    /// <summary>The run is cancelled; the call at the place has not been made.</summary>
    Cancelled,

    /// <summary>The call at the place gave no-event: what comes after it may not run.</summary>
    NoEvent,

    /// <summary>The call at the place has failed.</summary>
    Failed,

    /// <summary>The call at the place has ended while it was suspected to be stuck: what it gave is in <see cref="CallClock.Late"/>, and nothing was written.</summary>
    Suspected,
}
