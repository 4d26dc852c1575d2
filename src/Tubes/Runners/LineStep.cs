using Sluice.Tubes.Scheduling;

namespace Sluice.Tubes.Runners;

/// <summary>A node on a straight line.</summary>
/// <param name="node">The node.</param>
/// <param name="firstPlace">Where its first signal stands among all signals in the order of calls.</param>
internal sealed class LineStep(PlanNode node, int firstPlace)
{
    public int FirstPlace { get; } = firstPlace;

    /// <summary>Per entry of <c>depends</c> the number of the signal; -1 for inputs and assets.</summary>
    public int[] Signals { get; } = Array.ConvertAll(node.InputArray, input => input.Kind == SourceKind.Signal ? input.Index : -1);
}
