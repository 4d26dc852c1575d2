namespace Sluice.Journal.Errors;

/// <summary>Another process, or another part of this one, has the journal open.</summary>
public sealed class JournalLockedException : JournalException
{
    internal JournalLockedException(string where, string? holder)
        : base(
            where,
            $"The journal {where} is in use by {holder ?? "another process"}: two writers would lose data. "
            + "Stop that program, or give this one another folder or pool name. To look at it meanwhile, open it for reading.",
            null) =>
        Holder = holder;

    /// <summary>Who holds it, such as <c>process 4711 on host-a</c>; null when that is not known.</summary>
    public string? Holder { get; }
}
