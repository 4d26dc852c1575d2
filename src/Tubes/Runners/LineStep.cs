using Sluice.Tubes.Binding;
using Sluice.Tubes.Scheduling;

namespace Sluice.Tubes.Runners;

/// <summary>A node on a straight line.</summary>
/// <param name="node">The node.</param>
/// <param name="place">Its place in the order of calls.</param>
/// <param name="firstSignal">Where its first signal stands among all signals in the order of calls.</param>
internal sealed class LineStep(PlanNode node, int place, int firstSignal)
{
    public int Place { get; } = place;

    public int FirstSignal { get; } = firstSignal;

    /// <summary>Whether its code may ask for the events of what comes in.</summary>
    public bool SeesEvents { get; } = node.Kind == NodeKind.Plain && !(node.Code is IInlineCode code && code.IsInline);

    /// <summary>Per entry of <c>depends</c> the number of the signal; -1 for inputs and assets.</summary>
    public int[] Signals { get; } = Array.ConvertAll(node.InputArray, input => input.Kind == SourceKind.Signal ? input.Index : -1);
}
