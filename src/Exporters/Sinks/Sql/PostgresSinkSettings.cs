namespace Sluice.Exporters.Sinks.Sql;

/// <summary>A sink that inserts rows into a table of PostgreSQL (<c>type = postgres</c>).</summary>
[SettingsType("postgres")]
public sealed record PostgresSinkSettings : SqlSinkSettings
{
    /// <summary>The environment variable that holds the password; empty when none is needed.</summary>
    public required string PasswordVariable { get; init; }

    /// <inheritdoc/>
    public override ISink Open(SinkServices services)
    {
        Check();
        return new SqlSink(this, new PostgresDialect(this, services.Environment), services.Time);
    }
}
