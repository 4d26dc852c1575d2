namespace Sluice.Messages.Pools;

/// <summary>What a pool says to a <see cref="Send"/>. The cases are closed.</summary>
public abstract record SendAnswer
{
    private SendAnswer()
    {
    }

    /// <summary>The pool has taken responsibility and has not waited for results (<c>wait-for-result = false</c>).</summary>
    /// <param name="Key">The item's key: stable over every delivery and restart.</param>
    public sealed record Accepted(string Key) : SendAnswer;

    /// <summary>Every exporter has tried or has put the item behind what it still owes.</summary>
    /// <param name="Key">The item's key: stable over every delivery and restart.</param>
    /// <param name="Results">One result per exporter, in the exporters' order.</param>
    /// <param name="Successful">Whether the pool's policy is satisfied: by default, that every exporter has delivered.</param>
    public sealed record Exported(string Key, IReadOnlyList<ExportResult> Results, bool Successful) : SendAnswer;

    /// <summary>The pool has not taken the item: nothing is saved, nothing will be delivered.</summary>
    /// <param name="Reason">Why, for programs.</param>
    /// <param name="Message">Why, for people, with the remedy.</param>
    public sealed record Refused(RefusalReason Reason, string Message) : SendAnswer;
}
