using System.Text.Json;

namespace Sluice.Conformance.Tests.Cases;

/// <summary>One tube, what is done with it, and what must come of it.</summary>
public sealed record ConformanceCase
{
    public required string Name { get; init; }

    /// <summary>Whether the expectations are the reference's, which differ from ours where the specification's section 0 says so.</summary>
    public required bool IsReference { get; init; }

    /// <summary>The folder with the tubes that are named by id.</summary>
    public required string Tubes { get; init; }

    /// <summary>The tube's id; null where <see cref="Specification"/> is given.</summary>
    public string? Tube { get; init; }

    public JsonElement? Specification { get; init; }

    public required IReadOnlyDictionary<string, object?> TubeInput { get; init; }

    public int? MaxIterLoops { get; init; }

    public ExpectedError? LoadError { get; init; }

    public int? LoadWarnings { get; init; }

    /// <summary>What is known of the nodes once the tube is built.</summary>
    public IReadOnlyList<ExpectedNode> Nodes { get; init; } = [];

    public IReadOnlyList<Operation> Operations { get; init; } = [];
}
