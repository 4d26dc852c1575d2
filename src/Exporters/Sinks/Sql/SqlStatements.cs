using System.Data.Common;
using System.Globalization;

namespace Sluice.Exporters.Sinks.Sql;

/// <summary>The two statements of a sink. Only quoted names are ever put into their text.</summary>
internal sealed class SqlStatements(SqlSinkSettings settings, SqlDialect dialect)
{
    private readonly string _table = string.Join('.', settings.Table.Split('.').Select(SqlDialect.Quote));
    private readonly KeyValuePair<string, ColumnSettings>[] _columns = [.. settings.Columns];

    public string CreateTable
    {
        get
        {
            var columns = _columns.Select(column =>
                $", {SqlDialect.Quote(column.Key)} {dialect.TypeName(column.Value.Type)}{(column.Value.Required is true ? " NOT NULL" : "")}");
            return $"CREATE TABLE IF NOT EXISTS {_table} ({SqlDialect.Quote(settings.KeyColumn)} {dialect.TypeName(ColumnType.Text)} PRIMARY KEY{string.Concat(columns)})";
        }
    }

    /// <summary>Makes the insert with its parameters: the key, then the columns.</summary>
    public DbCommand Insert(DbConnection connection)
    {
        var command = connection.CreateCommand();
        var names = new[] { settings.KeyColumn }.Concat(_columns.Select(column => column.Key)).Select(SqlDialect.Quote);
        var places = Enumerable.Range(0, _columns.Length + 1).Select(Place);
        command.CommandText =
            $"INSERT INTO {_table} ({string.Join(", ", names)}) VALUES ({string.Join(", ", places)}) ON CONFLICT ({SqlDialect.Quote(settings.KeyColumn)}) DO NOTHING";
        command.CommandTimeout = (int)Math.Clamp(Math.Ceiling(settings.Timeout.TotalSeconds), 1, int.MaxValue);
        command.Parameters.Add(dialect.Parameter(command, Place(0), ColumnType.Text));
        for (var i = 0; i < _columns.Length; i++)
        {
            command.Parameters.Add(dialect.Parameter(command, Place(i + 1), _columns[i].Value.Type));
        }

        return command;
    }

    public void Fill(DbCommand insert, string key, object?[] row)
    {
        insert.Parameters[0].Value = key;
        for (var i = 0; i < row.Length; i++)
        {
            insert.Parameters[i + 1].Value = row[i] is { } value ? dialect.Convert(value, _columns[i].Value.Type) : DBNull.Value;
        }
    }

    private static string Place(int index) => string.Create(CultureInfo.InvariantCulture, $"@p{index}");
}
