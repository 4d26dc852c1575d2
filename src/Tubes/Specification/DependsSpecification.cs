using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Specification;

/// <summary>A node's <c>depends</c>.</summary>
/// <param name="Form">How it is written.</param>
/// <param name="Entries">What it names, in the order written.</param>
/// <param name="Position">Where it stands.</param>
public sealed record DependsSpecification(DependsForm Form, IReadOnlyList<DependencySpecification> Entries, SourcePosition Position);
