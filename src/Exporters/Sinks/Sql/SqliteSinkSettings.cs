namespace Sluice.Exporters.Sinks.Sql;

/// <summary>A sink that inserts rows into a table of SQLite (<c>type = sqlite</c>).</summary>
[SettingsType("sqlite")]
public sealed record SqliteSinkSettings : SqlSinkSettings
{
    /// <inheritdoc/>
    public override ISink Open(SinkServices services)
    {
        Check();
        return new SqlSink(this, new SqliteDialect(this), services.Time);
    }
}
