namespace Sluice.Hocon;

/// <summary>Where a value was written, so that an error can send its reader there.</summary>
/// <param name="Source">The file as it was named by whoever loaded it, or what stands for it (<c>reference.conf of Sluice.Kernel</c>).</param>
/// <param name="Line">The line, from 1; 0 if the value has no place in a text.</param>
/// <param name="Column">The column in UTF-16 units, from 1; 0 if the value has no place in a text.</param>
/// <param name="Via">What supplied the value if the text only refers to it, such as <c>environment variable HOME</c>.</param>
public sealed record Origin(string Source, int Line, int Column, string? Via = null)
{
    /// <summary>A value that was made by the program.</summary>
    public static Origin Program { get; } = new("the program", 0, 0);

    /// <summary><c>pool.conf:7:13</c>, followed by what supplied the value if that was not the text itself.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{Source}:{Line}:{Column}" : Source;
        return Via is null ? place : $"{place} ({Via})";
    }
}
