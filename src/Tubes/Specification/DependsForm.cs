namespace Sluice.Tubes.Specification;

/// <summary>How a node's <c>depends</c> is written; a return node gives its value in the same form.</summary>
public enum DependsForm
{
    /// <summary>Not there.</summary>
    None,

    /// <summary>A single <c>node.signal</c>.</summary>
    Scalar,

    /// <summary>A list.</summary>
    List,
}
