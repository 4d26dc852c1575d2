using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Sluice.Exporters.Sinks.Sql;

/// <summary>PostgreSQL, with one connection pool per sink.</summary>
internal sealed class PostgresDialect : SqlDialect
{
    private readonly NpgsqlDataSource _source;

    public PostgresDialect(PostgresSinkSettings settings, Func<string, string?> environment)
    {
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(settings.Connection);
            if (settings.PasswordVariable.Length > 0)
            {
                connection.Password = environment(settings.PasswordVariable) ?? throw new SinkSettingsException(
                    settings.Name, "password-variable", $"the environment variable '{settings.PasswordVariable}' is not set; set it, or name another one here.");
            }

            _source = NpgsqlDataSource.Create(connection);
        }
        catch (ArgumentException fault)
        {
            throw new SinkSettingsException(settings.Name, "connection", $"cannot be read: {fault.Message} Write one such as \"Host=localhost;Database=items\".", fault);
        }
    }

    public override DbConnection Connect() => _source.CreateConnection();

    public override string TypeName(ColumnType type) => type switch
    {
        ColumnType.Whole => "bigint",
        ColumnType.Real => "double precision",
        ColumnType.Boolean => "boolean",
        ColumnType.Timestamp => "timestamptz",
        ColumnType.Json => "jsonb",
        _ => "text",
    };

    public override DbParameter Parameter(DbCommand command, string name, ColumnType type) => new NpgsqlParameter(name, type switch
    {
        ColumnType.Whole => NpgsqlDbType.Bigint,
        ColumnType.Real => NpgsqlDbType.Double,
        ColumnType.Boolean => NpgsqlDbType.Boolean,
        ColumnType.Timestamp => NpgsqlDbType.TimestampTz,
        ColumnType.Json => NpgsqlDbType.Jsonb,
        _ => NpgsqlDbType.Text,
    });

    public override object Convert(object value, ColumnType type) => value is DateTimeOffset time ? time.UtcDateTime : value;

    public override string? CodeOf(DbException fault) => fault.SqlState;

    public override ValueTask DisposeAsync() => _source.DisposeAsync();
}
