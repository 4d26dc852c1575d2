namespace Sluice.Tubes.Drawing;

/// <summary>A line of a drawing.</summary>
/// <param name="From">The number of the box it leaves.</param>
/// <param name="Signal">The number of the signal there.</param>
/// <param name="To">The number of the box it reaches.</param>
/// <param name="Slot">The number of the slot there; -1 for the asset itself, which the signal replaces for the next epoch.</param>
/// <param name="IsRequired">Whether the node cannot run without it.</param>
public sealed record GraphEdge(int From, int Signal, int To, int Slot, bool IsRequired)
{
    /// <summary>Whether the signal replaces an asset: it goes back to the start, for the next epoch.</summary>
    public bool IsStoring => Slot < 0;
}
