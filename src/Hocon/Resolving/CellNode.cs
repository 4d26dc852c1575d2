using Sluice.Hocon.Tree;

namespace Sluice.Hocon.Resolving;

/// <summary>
/// A layer that is the value of a cell from elsewhere. It stays one layer, whatever layers the cell has: its references look back there, not here.
/// </summary>
internal sealed class CellNode(Cell cell) : Node(cell.Top.Origin)
{
    public Cell Cell { get; } = cell;
}
