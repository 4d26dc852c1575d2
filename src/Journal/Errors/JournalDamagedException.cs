namespace Sluice.Journal.Errors;

/// <summary>The journal's file is damaged. It takes nothing more until it is opened again, which recovers what can be read.</summary>
public sealed class JournalDamagedException : JournalException
{
    internal JournalDamagedException(string where, string damage, Exception? cause)
        : base(
            where,
            $"The journal {where} is damaged ({damage}): sends are refused rather than unprotected. "
            + "Open it again: the file is set aside whole and everything readable in it is recovered.",
            cause) =>
        Damage = damage;

    /// <summary>What is wrong with it.</summary>
    public string Damage { get; }
}
