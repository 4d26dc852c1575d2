using Npgsql;
using Sluice.Journal.Errors;

namespace Sluice.Journal.Postgresql;

/// <summary>PostgreSQL's errors as this project's exceptions, by SQL state.</summary>
internal static class PostgresqlErrors
{
    public const string Fenced = "SLF01";

    public static JournalException Of(string where, long fence, NpgsqlException error) => error switch
    {
        PostgresException { SqlState: Fenced } fenced => new JournalFencedException(where, fence, long.TryParse(fenced.Detail, out var now) ? now : 0),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } full => new JournalDiskFullException(where, full.MessageText, full),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ReadOnlySqlTransaction } denied =>
            new JournalNotWritableException(where, denied.MessageText, denied),
        PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted or PostgresErrorCodes.UniqueViolation } damaged =>
            new JournalDamagedException(where, damaged.MessageText, damaged),
        _ => new JournalUnavailableException(where, error.Message, error),
    };
}
