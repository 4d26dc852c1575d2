namespace Sluice.Journal.Errors;

/// <summary>The journal has reached a limit of its configuration, and the policy is to reject.</summary>
public sealed class JournalFullException : JournalException
{
    internal JournalFullException(string where, string numbers)
        : base(
            where,
            $"The journal {where} is full ({numbers}): the send was refused. "
            + "Wait until the sinks have caught up, or raise max-items or max-bytes, or let when-full be block or drop-oldest.",
            null)
    {
    }
}
