namespace Sluice.Journal.Errors;

/// <summary>The journal may not or cannot be written where it is.</summary>
public sealed class JournalNotWritableException : JournalException
{
    internal JournalNotWritableException(string where, string detail, Exception? cause)
        : base(
            where,
            $"The journal {where} cannot be written ({detail}): sends would be unprotected, so they are refused. "
            + "Make the folder and the file writable for this user, or configure another folder.",
            cause)
    {
    }
}
