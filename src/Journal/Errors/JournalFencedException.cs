namespace Sluice.Journal.Errors;

/// <summary>Another member has taken the journal over while this one was away; this one may not write any more.</summary>
public sealed class JournalFencedException : JournalException
{
    internal JournalFencedException(string where, long mine, long current)
        : base(
            where,
            $"The journal {where} was taken over by another member (fencing token {current}, ours is {mine}): this one may not write any more. "
            + "Let the new owner go on; whoever still wants to write must open the journal again.",
            null)
    {
    }
}
