using Sluice.Tubes.Scheduling;

namespace Sluice.Tubes.Runners;

/// <summary>
/// Decides on a straight line what <see cref="Settlement"/> decides as signals become known: whether a node runs without some of its inputs.
/// Everything above a node is known by then.
/// </summary>
internal sealed class AbsentInputs(EpochFrame frame)
{
    private readonly Unlocking _unlocking = new(frame.Plan);

    /// <summary>A signal gave no-event, which is its own reason.</summary>
    public void GaveNothing(int signal) => frame.Cells[signal].Cause = signal;

    /// <summary>Whether a node, some of whose inputs are absent, runs all the same.</summary>
    public bool MayRun(PlanNode node) =>
        FirstMissing(node) < 0 && (!node.HasOptionalInput || _unlocking.Of(frame, node) == UnlockVerdict.Runs);

    /// <summary>A node does not run, so its signals do not come.</summary>
    public void Skip(PlanNode node)
    {
        var missing = node.HasOptionalInput ? -1 : FirstMissing(node);
        var cause = missing < 0 ? Settlement.NoCause : frame.Cells[missing].Cause;
        for (var signal = node.FirstSignal; signal < node.FirstSignal + node.SignalCount; signal++)
        {
            frame.Cells[signal] = new SignalCell { State = SignalState.Absent, Cause = cause };
        }
    }

    /// <summary>The first required signal that is absent; -1 when all are there.</summary>
    private int FirstMissing(PlanNode node)
    {
        foreach (ref readonly var input in node.InputArray.AsSpan())
        {
            if (input is { Kind: SourceKind.Signal, Required: true } && frame.Cells[input.Index].State != SignalState.Present)
            {
                return input.Index;
            }
        }

        return -1;
    }
}
