namespace Sluice.Tubes.Reports;

/// <summary>A small table that a node hands over for people to read at the end of a run.</summary>
/// <param name="Title">What the figures are.</param>
/// <param name="Columns">The columns' names; the first names the rows.</param>
/// <param name="Rows">One cell per column; numbers stay numbers.</param>
public sealed record Report(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);
