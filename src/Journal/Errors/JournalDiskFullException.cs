namespace Sluice.Journal.Errors;

/// <summary>There is no space for the journal. It works again by itself once there is.</summary>
public sealed class JournalDiskFullException : JournalException
{
    internal JournalDiskFullException(string where, string detail, Exception? cause)
        : base(
            where,
            $"No space left for the journal {where} ({detail}): the send was refused because it could not be made safe. "
            + "Free some space there, or move the journal's folder to a larger disk; sends work again as soon as there is room.",
            cause)
    {
    }
}
