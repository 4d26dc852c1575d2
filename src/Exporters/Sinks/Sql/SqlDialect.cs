using System.Data.Common;

namespace Sluice.Exporters.Sinks.Sql;

/// <summary>How one database differs from another.</summary>
internal abstract class SqlDialect : IAsyncDisposable
{
    /// <summary>Makes a connection that is not yet open.</summary>
    public abstract DbConnection Connect();

    /// <summary>The database's word for a type.</summary>
    public abstract string TypeName(ColumnType type);

    /// <summary>Adds a parameter; null for no value.</summary>
    public abstract DbParameter Parameter(DbCommand command, string name, ColumnType type);

    /// <summary>A value as the parameter wants it.</summary>
    public abstract object Convert(object value, ColumnType type);

    /// <summary>The error's code, as <c>permanent-codes</c> has it.</summary>
    public abstract string? CodeOf(DbException fault);

    /// <summary>Quotes names; nothing in them can end the quotes.</summary>
    public static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public abstract ValueTask DisposeAsync();
}
