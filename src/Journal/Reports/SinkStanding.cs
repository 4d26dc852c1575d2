namespace Sluice.Journal.Reports;

/// <summary>Whether a sink takes part in its pool.</summary>
public enum SinkStanding
{
    /// <summary>It is owed what is appended for all.</summary>
    Active,

    /// <summary>It left; its unsent data is kept for its return.</summary>
    Detached,

    /// <summary>It leaves; its unsent data is being moved.</summary>
    Leaving,

    /// <summary>It left with nothing unsent; its ledger and dead letters stay.</summary>
    Gone,
}
