namespace Sluice.Journal.Errors;

/// <summary>The journal was written by a newer program, or is no journal.</summary>
public sealed class JournalVersionException : JournalException
{
    internal JournalVersionException(string where, long found, int known)
        : base(
            where,
            $"The journal {where} has schema version {found}, and this program knows versions up to {known}: it was left untouched. "
            + "Use the newer program that wrote it, or give this one another folder.",
            null)
    {
    }

    internal JournalVersionException(string where, string what)
        : base(where, $"{where} is not a journal ({what}): it was left untouched. Move it away, or give the journal another folder.", null)
    {
    }
}
