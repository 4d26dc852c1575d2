namespace Sluice.Journal.Reports;

/// <summary>What opening a journal found and did.</summary>
/// <param name="Where">The file, or the database and schema.</param>
/// <param name="Engine">The database engine in use with its version, such as <c>SQLite 3.40.1 (the system's libsqlite3.so.0)</c>.</param>
/// <param name="Created">Whether the journal was new.</param>
/// <param name="MigratedFrom">The older schema version that was brought up to date; null when there was nothing to do.</param>
/// <param name="Recovery">What was recovered from a damaged file; null when it was sound.</param>
public sealed record JournalOpening(string Where, string Engine, bool Created, int? MigratedFrom, JournalRecovery? Recovery);
