namespace Sluice.Journal.Errors;

/// <summary>An item is larger than the journal's limits will ever allow; waiting would not help.</summary>
public sealed class ItemTooLargeException : JournalException
{
    internal ItemTooLargeException(string where, string numbers)
        : base(
            where,
            $"The send does not fit the journal {where} ({numbers}) and never will: it was refused. "
            + "Send less at a time, or raise max-item-bytes, max-bytes or max-items.",
            null)
    {
    }
}
