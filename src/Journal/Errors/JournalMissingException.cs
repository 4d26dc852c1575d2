namespace Sluice.Journal.Errors;

/// <summary>There is no journal to look at.</summary>
public sealed class JournalMissingException : JournalException
{
    internal JournalMissingException(string where)
        : base(
            where,
            $"There is no journal {where}: the pool has never been run with this configuration. "
            + "Check the pool's name and the journal's folder, or run the pool first.",
            null)
    {
    }
}
