namespace Sluice.Tubes.Scheduling;

/// <summary>How deep inside maps nodes run: the root level, or inside one map of the level above.</summary>
internal sealed class PlanLevel(PlanLevel? parent, int map)
{
    public PlanLevel? Parent { get; } = parent;

    /// <summary>The number of the map node that opens this level; -1 for the root.</summary>
    public int Map { get; } = map;

    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>The nodes at this level and below, in the order of the tube.</summary>
    public int[] Subtree { get; set; } = [];

    /// <summary>The nodes at exactly this level.</summary>
    public int[] Own { get; set; } = [];

    /// <summary>What a new epoch of this level begins with, per node of the plan.</summary>
    public NodeMark[] Marks { get; set; } = [];

    /// <summary>Signals of levels above that nodes of <see cref="Subtree"/> depend on.</summary>
    public int[] Inherited { get; set; } = [];

    /// <summary>Whether this is <paramref name="other"/> or lies inside it.</summary>
    public bool IsWithin(PlanLevel other)
    {
        for (var level = this; level is not null; level = level.Parent)
        {
            if (ReferenceEquals(level, other))
            {
                return true;
            }
        }

        return false;
    }
}
