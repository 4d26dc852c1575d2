namespace Sluice.Tubes.Watching;

/// <summary>What those who watch want of the calls of a straight line.</summary>
[Flags]
internal enum LineHooks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>That a call begins.</summary>
    Start = 1,

    /// <summary>That a call has ended.</summary>
    Finish = 2,

    /// <summary>What a call gave.</summary>
    Signals = 4,

    /// <summary>As many as there are ways to combine them.</summary>
    Combinations = 8,
}
