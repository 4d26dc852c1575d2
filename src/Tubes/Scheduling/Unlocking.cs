using System.Runtime.InteropServices;

namespace Sluice.Tubes.Scheduling;

/// <summary>Whether a node runs although some of its optional slots stay empty.</summary>
internal enum UnlockVerdict : byte
{
    /// <summary>Every empty slot has a no-event of its own above it.</summary>
    Runs,

    /// <summary>More slots are empty than there are no-events above them.</summary>
    Never,

    /// <summary>As <see cref="Never"/> so far; but not everything above the empty slots is known.</summary>
    Waits,
}

/// <summary>
/// Each no-event unlocks one optional slot of a node: one at the slot's own source, or above it along required dependencies as far as there are
/// nodes without an optional slot. Decided only when it can no longer change, so that it does not depend on which call ends first.
/// </summary>
internal sealed class Unlocking(TubePlan plan)
{
    private readonly HashSet<int> _seen = [];
    private readonly List<int> _silent = [];
    private int _noEvents;
    private bool _isOpen;

    /// <summary>Decides about a node whose inputs are all known and whose required ones are all there.</summary>
    public UnlockVerdict Of(EpochFrame frame, PlanNode node)
    {
        FindSilent(frame, node);
        if (HaveCausesOfTheirOwn(frame))
        {
            return UnlockVerdict.Runs;
        }

        _seen.Clear();
        (_noEvents, _isOpen) = (0, false);
        foreach (var signal in CollectionsMarshal.AsSpan(_silent))
        {
            Climb(frame, signal);
        }

        return _noEvents >= _silent.Count ? UnlockVerdict.Runs : _isOpen ? UnlockVerdict.Waits : UnlockVerdict.Never;
    }

    private void FindSilent(EpochFrame frame, PlanNode node)
    {
        _silent.Clear();
        foreach (ref readonly var input in node.InputArray.AsSpan())
        {
            if (input is { Kind: SourceKind.Signal, Required: false } && Cell(frame, input.Index).State == SignalState.Absent && !_silent.Contains(input.Index))
            {
                _silent.Add(input.Index);
            }
        }
    }

    /// <summary>The common case, without climbing: the first cause of each silent signal is known, and they differ.</summary>
    private bool HaveCausesOfTheirOwn(EpochFrame frame)
    {
        for (var index = 0; index < _silent.Count; index++)
        {
            var cause = Cell(frame, _silent[index]).Cause;
            if (cause == Settlement.NoCause)
            {
                return false;
            }

            for (var other = 0; other < index; other++)
            {
                if (Cell(frame, _silent[other]).Cause == cause)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private void Climb(EpochFrame frame, int signal)
    {
        if (!_seen.Add(signal))
        {
            return;
        }

        ref readonly var cell = ref Cell(frame, signal);
        _isOpen |= cell.State == SignalState.Unknown;
        if (cell.State != SignalState.Absent)
        {
            return;
        }

        var source = plan.NodeArray[plan.SignalArray[signal].Node];
        if (cell.Cause == signal)
        {
            _noEvents++;
        }
        else if (!source.HasOptionalInput)
        {
            foreach (ref readonly var input in source.InputArray.AsSpan())
            {
                if (input.Kind == SourceKind.Signal)
                {
                    Climb(frame, input.Index);
                }
            }
        }
    }

    private ref SignalCell Cell(EpochFrame frame, int signal) => ref frame.HomeOf(plan.SignalArray[signal].Home!).Cells[signal];
}
