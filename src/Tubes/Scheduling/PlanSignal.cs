namespace Sluice.Tubes.Scheduling;

/// <summary>A signal of a node, compiled.</summary>
public sealed class PlanSignal
{
    internal PlanSignal(int index, int node, string name)
    {
        Index = index;
        Node = node;
        Name = name;
    }

    /// <summary>Its number in the plan.</summary>
    public int Index { get; }

    /// <summary>The number of its node.</summary>
    public int Node { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    internal PlanEdge[] Dependents { get; set; } = [];

    /// <summary>The level whose epochs the values belong to.</summary>
    internal PlanLevel? Home { get; set; }
}
