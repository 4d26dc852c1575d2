namespace Sluice.Tubes.Errors;

/// <summary>Where in a specification something stands. Lines and columns count from 1; 0 when the tube did not come from a text.</summary>
/// <param name="File">The file, or a name for a tube made in memory.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}
