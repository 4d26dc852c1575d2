namespace Sluice.Journal;

/// <summary>The kinds of failure that end among the dead letters.</summary>
public enum DeadLetterClass
{
    /// <summary>The sink refused it and always will.</summary>
    Permanent,

    /// <summary>It alone makes a batch fail.</summary>
    Poison,

    /// <summary>It was not deliverable within the time or the attempts allowed.</summary>
    Expired,

    /// <summary>There was no room for it.</summary>
    Overflow,

    /// <summary>Its bytes in the journal do not match their checksum.</summary>
    Corrupt,

    /// <summary>Its sink left the pool, or cannot send this kind of data as configured.</summary>
    Config,
}
