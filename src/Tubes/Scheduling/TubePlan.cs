using Sluice.Tubes.Specification;

namespace Sluice.Tubes.Scheduling;

/// <summary>A tube compiled to numbers: what depends on what, and how deep inside maps everything runs. Never changes.</summary>
public sealed class TubePlan
{
    internal TubePlan(Tube tube, PlanNode[] nodes, PlanSignal[] signals, PlanLevel root, PlanLevel?[] opens)
    {
        Tube = tube;
        NodeArray = nodes;
        SignalArray = signals;
        Root = root;
        Opens = opens;
        ReturnNode = Array.Find(nodes, node => node.Kind == NodeKind.Return);
        Return = ReturnNode is null ? null : tube.Nodes[ReturnNode.Index].Specification.Depends;
    }

    /// <summary>The tube.</summary>
    public Tube Tube { get; }

    /// <summary>The nodes, in the order of the tube.</summary>
    public IReadOnlyList<PlanNode> Nodes => NodeArray;

    /// <summary>The signals, grouped by node.</summary>
    public IReadOnlyList<PlanSignal> Signals => SignalArray;

    /// <summary>The return node; null when there is none. It may be dead.</summary>
    public PlanNode? ReturnNode { get; }

    /// <summary>Whether any node can run.</summary>
    public bool HasWork => Root.Subtree.Length > 0;

    internal PlanNode[] NodeArray { get; }

    internal PlanSignal[] SignalArray { get; }

    internal PlanLevel Root { get; }

    /// <summary>The level that a map node opens, by node number.</summary>
    internal PlanLevel?[] Opens { get; }

    internal DependsSpecification? Return { get; }

    /// <summary>Compiles a tube; <paramref name="enabled"/> says per node whether it takes part.</summary>
    /// <exception cref="Errors.InvalidTubeException">A node lies below two maps that are not inside each other.</exception>
    public static TubePlan Compile(Tube tube, IReadOnlyList<bool> enabled) => new PlanCompiler(tube, enabled).Compile();
}
