namespace Sluice.Journal.Settings;

/// <summary>What happens to an append that would pass a limit.</summary>
public enum WhenFull
{
    /// <summary>It waits until there is room.</summary>
    Block,

    /// <summary>It fails with a <see cref="Errors.JournalFullException"/>.</summary>
    Reject,

    /// <summary>The oldest items make room, counted as dropped with the reason <c>overflow</c>.</summary>
    DropOldest,
}
