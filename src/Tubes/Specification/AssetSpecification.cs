using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Specification;

/// <summary>An asset as written: an object that nodes share.</summary>
public sealed class AssetSpecification
{
    /// <summary>The asset's name.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the C# method or class that makes the object.</summary>
    public required string Type { get; init; }

    /// <summary>How long the object lives.</summary>
    public required AssetScope Scope { get; init; }

    /// <summary>Values given to the code, in plain types; a list is given under the keys <c>0</c>, <c>1</c> ….</summary>
    public required IReadOnlyDictionary<string, object?> Params { get; init; }

    /// <summary>The signal whose value becomes the object for the next epochs; null when it stays.</summary>
    public DependencySpecification? Depends { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }

    /// <summary>Where the asset's key stands.</summary>
    public required SourcePosition Position { get; init; }

    /// <summary>Where <c>type</c> stands.</summary>
    public required SourcePosition TypePosition { get; init; }
}
