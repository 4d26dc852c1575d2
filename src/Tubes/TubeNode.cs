using Sluice.Tubes.Binding;
using Sluice.Tubes.Scheduling;
using Sluice.Tubes.Specification;

namespace Sluice.Tubes;

/// <summary>A node of a built tube: what is written, with its code.</summary>
public sealed class TubeNode
{
    internal TubeNode(NodeSpecification specification, NodeKind kind, INodeCode code, bool isEnabled)
    {
        Specification = specification;
        Kind = kind;
        Code = code;
        IsEnabled = isEnabled;
    }

    /// <summary>The node's id.</summary>
    public string Id => Specification.Id;

    /// <summary>What is written.</summary>
    public NodeSpecification Specification { get; }

    /// <summary>What the scheduler does with its results.</summary>
    public NodeKind Kind { get; }

    /// <summary>Its code.</summary>
    public INodeCode Code { get; }

    /// <summary>Whether it takes part from the start; a runner may change that for itself.</summary>
    public bool IsEnabled { get; }

    /// <summary>Whether its calls come in the order of epochs: what the tube says, else what the code says.</summary>
    public bool IsStateful => Specification.Stateful ?? Code.IsStateful;
}
