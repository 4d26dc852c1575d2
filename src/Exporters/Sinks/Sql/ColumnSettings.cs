namespace Sluice.Exporters.Sinks.Sql;

/// <summary>Where a column's value comes from.</summary>
public sealed record ColumnSettings
{
    /// <summary>
    /// A path into the item (<c>place.depth</c>), <c>$item</c> for the whole of it, <c>$pool</c>, <c>$tube</c>, <c>$run</c>, <c>$node</c> or
    /// <c>$epoch</c> for its origin, <c>@name</c> for an argument.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>What the column holds.</summary>
    public required ColumnType Type { get; init; }

    /// <summary>Whether an item without it can never be inserted; otherwise the column is null then. False when null.</summary>
    public required bool? Required { get; init; }
}
