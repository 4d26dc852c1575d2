namespace Sluice.Exporters.Sinks.Sql;

/// <summary>What a column holds. An item whose value is of another kind can never be inserted.</summary>
public enum ColumnType
{
    /// <summary>A JSON string.</summary>
    Text,

    /// <summary>A JSON number that is a whole one of 64 bits.</summary>
    Whole,

    /// <summary>A JSON number.</summary>
    Real,

    /// <summary>A JSON boolean.</summary>
    Boolean,

    /// <summary>A JSON string with a date and time in ISO 8601 and its offset, stored in UTC.</summary>
    Timestamp,

    /// <summary>Any JSON value, stored as JSON.</summary>
    Json,
}
