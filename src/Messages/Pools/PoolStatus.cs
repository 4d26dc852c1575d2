namespace Sluice.Messages.Pools;

/// <summary>How is the pool? Answered with <see cref="PoolStatus"/>.</summary>
public sealed record GetStatus;

/// <summary>A pool at one moment.</summary>
/// <param name="Pool">The pool's name.</param>
/// <param name="Accepted">Items taken since the pool started.</param>
/// <param name="Refused">Items refused since the pool started.</param>
/// <param name="WaitingSenders">Sends that wait for room in the journal, for the commit, or for results.</param>
/// <param name="UseMemory">Whether unsent data is in memory only.</param>
/// <param name="Draining">Whether the pool takes nothing more.</param>
/// <param name="Exporters">Its exporters, in their order.</param>
public sealed record PoolStatus(
    string Pool,
    long Accepted,
    long Refused,
    int WaitingSenders,
    bool UseMemory,
    bool Draining,
    IReadOnlyList<ExporterStatus> Exporters)
{
    /// <summary>When the journal will be full, at the pace at which it has been filling up; zero when it is, null while it does not fill up or has no limit.</summary>
    public TimeSpan? JournalFullIn { get; init; }
}
