namespace Sluice.Tubes.Errors;

/// <summary>One mistake in node code.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="Code">The compiler's number for it, such as CS1002.</param>
/// <param name="Message">What is wrong.</param>
public sealed record SourceError(SourcePosition Position, string Code, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Position}: {Code}: {Message}";
}
