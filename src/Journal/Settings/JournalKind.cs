namespace Sluice.Journal.Settings;

/// <summary>Where a journal is kept.</summary>
public enum JournalKind
{
    /// <summary>In a file of its own on this machine.</summary>
    Sqlite,

    /// <summary>In this process: lost when it ends.</summary>
    Memory,

    /// <summary>In a PostgreSQL database that several machines reach.</summary>
    Postgresql,
}
