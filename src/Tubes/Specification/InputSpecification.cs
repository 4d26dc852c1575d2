using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Specification;

/// <summary>An input as written.</summary>
public sealed class InputSpecification
{
    /// <summary>The input's name.</summary>
    public required string Id { get; init; }

    /// <summary>What kind of value people shall give; for documentation, never checked.</summary>
    public string? Type { get; init; }

    /// <summary>When it is given.</summary>
    public required InputScope Scope { get; init; }

    /// <summary>Whether a default is written, null included.</summary>
    public required bool HasDefault { get; init; }

    /// <summary>The value when none is given.</summary>
    public object? Default { get; init; }

    /// <summary>Whether it is an error to give none. An input with a default is never missing.</summary>
    public required bool Required { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }

    /// <summary>Where the input's key stands.</summary>
    public required SourcePosition Position { get; init; }
}
