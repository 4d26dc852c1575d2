using Sluice.Tubes.Scheduling;

namespace Sluice.Tubes.Runners;

/// <summary>
/// Decides on a straight line what <see cref="Settlement"/> decides as signals become known: whether a node runs without some of its inputs,
/// and if not, which no-event is why. Of several reasons the earliest counts.
/// </summary>
internal sealed class AbsentInputs(SignalCell[] cells)
{
    private readonly int[] _since = new int[cells.Length];

    /// <summary>A signal gave no-event, which is its own reason; <paramref name="place"/> rises from one signal to the next.</summary>
    public void GaveNothing(int signal, int place)
    {
        cells[signal].Cause = signal;
        _since[signal] = place;
    }

    /// <summary>Whether a node, some of whose inputs are absent, runs all the same.</summary>
    public bool MayRun(PlanNode node) => FirstObstacle(node).Since == int.MaxValue;

    /// <summary>A node does not run, so its signals do not come.</summary>
    public void Skip(PlanNode node)
    {
        var (since, cause) = FirstObstacle(node);
        for (var signal = node.FirstSignal; signal < node.FirstSignal + node.SignalCount; signal++)
        {
            cells[signal] = new SignalCell { State = SignalState.Absent, Cause = cause };
            _since[signal] = since;
        }
    }

    private (int Since, int Cause) FirstObstacle(PlanNode node)
    {
        var first = (Since: int.MaxValue, Cause: Settlement.NoCause);
        foreach (ref readonly var input in node.InputArray.AsSpan())
        {
            if (input.Kind != SourceKind.Signal || cells[input.Index].State == SignalState.Present)
            {
                continue;
            }

            var cause = cells[input.Index].Cause;
            var since = input.Required || cause == Settlement.NoCause ? _since[input.Index] : SinceTwice(node, input.Index, cause);
            if (since < first.Since)
            {
                first = (since, input.Required ? cause : Settlement.NoCause);
            }
        }

        return first;
    }

    /// <summary>Since when one no-event keeps two optional inputs from coming, of which it can unlock only one.</summary>
    private int SinceTwice(PlanNode node, int signal, int cause)
    {
        var twice = int.MaxValue;
        foreach (ref readonly var other in node.InputArray.AsSpan())
        {
            if (other is { Kind: SourceKind.Signal, Required: false } && other.Index != signal
                && cells[other.Index].State != SignalState.Present && cells[other.Index].Cause == cause)
            {
                twice = Math.Min(twice, Math.Max(_since[signal], _since[other.Index]));
            }
        }

        return twice;
    }
}
