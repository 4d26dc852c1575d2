namespace Sluice.Journal.Errors;

/// <summary>A journal could not do what it was asked; nothing of the call was written. The message names the place and the remedy.</summary>
public abstract class JournalException : Exception
{
    private protected JournalException(string where, string message, Exception? cause)
        : base(message, cause) =>
        Where = where;

    /// <summary>The file, or the database and schema.</summary>
    public string Where { get; }
}
