namespace Sluice.Journal.Errors;

/// <summary>The journal's disk or server failed for another reason; the same call may succeed later.</summary>
public sealed class JournalUnavailableException : JournalException
{
    internal JournalUnavailableException(string where, string detail, Exception? cause)
        : base(
            where,
            $"The journal {where} did not answer as it should ({detail}): the call was refused and nothing of it was written. "
            + "Check the disk or the server, then try again.",
            cause)
    {
    }
}
