namespace Sluice.Exporters.Sinks.Sql;

/// <summary>What every sink that fills a table is told. Values are always parameters; names are quoted.</summary>
public abstract record SqlSinkSettings : SinkSettings
{
    /// <summary>The connection string, without secrets.</summary>
    public required string Connection { get; init; }

    /// <summary>The table; <c>schema.table</c> where the database has schemas.</summary>
    public required string Table { get; init; }

    /// <summary>The column for the item's key, which is unique: what comes twice is there once.</summary>
    public required string KeyColumn { get; init; }

    /// <summary>The other columns, by name.</summary>
    public required IReadOnlyDictionary<string, ColumnSettings> Columns { get; init; }

    /// <summary>Whether a missing table is made.</summary>
    public required bool CreateTable { get; init; }

    /// <summary>How long one batch may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Error codes, or their beginnings, after which an item is never inserted again. All others are transient.</summary>
    public required IReadOnlyList<string> PermanentCodes { get; init; }

    internal void Check()
    {
        if (string.IsNullOrWhiteSpace(Connection))
        {
            throw new SinkSettingsException(Name, "connection", "is empty; say where the database is.");
        }

        if (Timeout <= TimeSpan.Zero)
        {
            throw new SinkSettingsException(Name, "timeout", "is not above zero; give a time such as 30s.");
        }

        foreach (var (key, name) in Table.Split('.').Select(name => ("table", name)).Append(("key-column", KeyColumn)).Concat(Columns.Keys.Select(name => ("columns", name))))
        {
            if (name.Length is 0 or > 63 || name.Any(char.IsControl))
            {
                throw new SinkSettingsException(Name, key, $"'{name}' is no name; use 1 to 63 characters without control characters.");
            }
        }

        if (Columns.ContainsKey(KeyColumn))
        {
            throw new SinkSettingsException(Name, "columns", $"'{KeyColumn}' is the key's column; choose another name for one of them.");
        }
    }
}
