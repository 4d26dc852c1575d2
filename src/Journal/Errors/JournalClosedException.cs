namespace Sluice.Journal.Errors;

/// <summary>The journal was closed before it could do the call.</summary>
public sealed class JournalClosedException : JournalException
{
    internal JournalClosedException(string where)
        : base(where, $"The journal {where} is closed: the call was refused and nothing of it was written. Open it again first.", null)
    {
    }
}
