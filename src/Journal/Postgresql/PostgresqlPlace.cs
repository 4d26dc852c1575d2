using System.Globalization;
using Npgsql;

namespace Sluice.Journal.Postgresql;

/// <summary>One pool's journal in a database: its connections, its number, and how to name it to people.</summary>
internal sealed class PostgresqlPlace(NpgsqlDataSource source, string where, int pool) : IAsyncDisposable
{
    private const int PreparedStatements = 100;

    public NpgsqlDataSource Source => source;

    public string Where => where;

    public int Pool => pool;

    public static NpgsqlDataSource Connect(string connectionString, string schema)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "sluice journal",
            SearchPath = '"' + schema.Replace("\"", "\"\"", StringComparison.Ordinal) + '"',
            MaxAutoPrepare = PreparedStatements,
            AutoPrepareMinUsages = 2,
            // A writer that stands still in the middle of a commit must not keep its successor waiting.
            Options = "-c idle_in_transaction_session_timeout=10s",
        };
        return NpgsqlDataSource.Create(builder);
    }

    public static string Name(NpgsqlDataSource source, string schema, string pool)
    {
        var builder = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        return string.Create(CultureInfo.InvariantCulture, $"of the pool {pool} in postgresql://{builder.Host}:{builder.Port}/{builder.Database} (schema {schema})");
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
