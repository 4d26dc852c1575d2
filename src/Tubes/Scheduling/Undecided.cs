using System.Diagnostics.CodeAnalysis;

namespace Sluice.Tubes.Scheduling;

/// <summary>Nodes whose inputs are all known, while more may become known of what lies above their empty slots.</summary>
internal sealed class Undecided(TubePlan plan)
{
    private readonly Unlocking _unlocking = new(plan);
    private readonly List<(EpochFrame Frame, int Node)> _waiting = [];

    /// <summary>Whether the node runs; when that cannot be said yet, it is kept.</summary>
    public UnlockVerdict Decide(EpochFrame frame, int node)
    {
        var verdict = _unlocking.Of(frame, plan.NodeArray[node]);
        if (verdict == UnlockVerdict.Waits)
        {
            _waiting.Add((frame, node));
        }

        return verdict;
    }

    /// <summary>The first one about which it can be said by now; it is not kept any longer.</summary>
    public bool TryTake([NotNullWhen(true)] out EpochFrame? frame, out int node, out UnlockVerdict verdict)
    {
        for (var index = 0; index < _waiting.Count; index++)
        {
            (frame, node) = _waiting[index];
            verdict = _unlocking.Of(frame, plan.NodeArray[node]);
            if (verdict != UnlockVerdict.Waits)
            {
                _waiting.RemoveAt(index);
                return true;
            }
        }

        (frame, node, verdict) = (null, -1, UnlockVerdict.Waits);
        return false;
    }

    /// <summary>A root epoch is over.</summary>
    public void Forget(EpochFrame root)
    {
        for (var index = _waiting.Count - 1; index >= 0; index--)
        {
            if (_waiting[index].Frame.Root == root)
            {
                _waiting.RemoveAt(index);
            }
        }
    }
}
