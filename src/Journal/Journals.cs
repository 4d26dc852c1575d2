using Sluice.Journal.Memory;
using Sluice.Journal.Postgresql;
using Sluice.Journal.Settings;
using Sluice.Journal.Sqlite;

namespace Sluice.Journal;

/// <summary>Opens journals.</summary>
public static class Journals
{
    /// <summary>
    /// Opens a pool's journal for writing, making it when it is new: takes its lock, checks it, brings its tables up to date, recovers what a damaged
    /// one still holds, and says all that in <see cref="IJournal.Opening"/>.
    /// </summary>
    /// <param name="pool">The pool's name; every pool has a journal of its own.</param>
    /// <param name="settings">What configuration says.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="Errors.JournalLockedException">Somebody else has it open.</exception>
    /// <exception cref="Errors.JournalNotWritableException">The place is read-only or not allowed.</exception>
    /// <exception cref="Errors.JournalDiskFullException">There is no space to make it.</exception>
    /// <exception cref="Errors.JournalVersionException">It is from a newer program, or no journal at all; it was left untouched.</exception>
    public static ValueTask<IJournal> OpenAsync(string pool, JournalSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pool);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        return settings.Kind switch
        {
            JournalKind.Sqlite => SqliteJournal.OpenAsync(settings, pool, time, cancellationToken),
            JournalKind.Memory => MemoryJournal.OpenAsync(settings, pool, time),
            _ => PostgresqlJournal.OpenAsync(settings, pool, time, cancellationToken),
        };
    }

    /// <summary>Opens a pool's journal for looking only, whether or not a program has it open for writing.</summary>
    /// <exception cref="Errors.JournalMissingException">There is none; none was made.</exception>
    /// <exception cref="Errors.JournalVersionException">It is from a newer program, or no journal at all.</exception>
    /// <exception cref="NotSupportedException">A memory journal is nowhere but in its program.</exception>
    public static ValueTask<IJournalView> OpenViewAsync(string pool, JournalSettings settings, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pool);
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Kind switch
        {
            JournalKind.Sqlite => ValueTask.FromResult<IJournalView>(SqliteJournal.OpenView(settings, pool)),
            JournalKind.Postgresql => PostgresqlJournal.OpenViewAsync(settings, pool, cancellationToken),
            _ => throw new NotSupportedException($"A journal of kind {settings.Kind} cannot be looked at from outside: use sqlite or postgresql."),
        };
    }
}
