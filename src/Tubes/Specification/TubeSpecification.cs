using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Specification;

/// <summary>A tube as written: checked for form, not yet bound to code. Read one with <see cref="TubeReader"/> or <see cref="TubeLibrary"/>.</summary>
public sealed class TubeSpecification
{
    /// <summary>The tube's id (<c>noob_id</c> or <c>tube</c>).</summary>
    public required string Id { get; init; }

    /// <summary>The version of the form it was written for (<c>noob_version</c>); null when not said.</summary>
    public string? Version { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }

    /// <summary>The inputs by name, in the order written.</summary>
    public required IReadOnlyList<InputSpecification> Inputs { get; init; }

    /// <summary>The assets, in the order written.</summary>
    public required IReadOnlyList<AssetSpecification> Assets { get; init; }

    /// <summary>The nodes, in the order written.</summary>
    public required IReadOnlyList<NodeSpecification> Nodes { get; init; }

    /// <summary>What a node's failure does, where the node does not say.</summary>
    public ErrorPolicy OnError { get; init; } = ErrorPolicy.Fail;

    /// <summary>Where nodes shall run, where the node does not say; null leaves it to the runner.</summary>
    public Placement? Placement { get; init; }

    /// <summary>Where the specification starts.</summary>
    public required SourcePosition Position { get; init; }

    /// <summary>The file's folder; null for a tube made in memory.</summary>
    public string? Folder => System.IO.File.Exists(Position.File) ? Path.GetDirectoryName(Path.GetFullPath(Position.File)) : null;

    internal InvalidTubeException Error(string key, string problem, Exception? cause = null) => new(Position, key, problem, cause);
}
