namespace Sluice.Tubes.Scheduling;

/// <summary>Keeps the calls of stateful nodes in the order of epochs, across roots and inside maps; and those that share an asset in an order of theirs.</summary>
internal sealed class NodeOrder(TubePlan plan)
{
    private readonly bool[] _ordered = [.. plan.NodeArray.Select(node => node.IsStateful || node.SharedAssets.Count > 0)];
    private readonly AssetSharers _sharers = new(plan);

    private readonly bool[] _acrossRoots = [.. plan.NodeArray.Select(node => node.IsStateful || node.WaitsForEarlierEpochs)];

    /// <summary>The nodes whose calls are kept in order from one root epoch to the next.</summary>
    public int[] Ordered { get; } = [.. plan.NodeArray.Where(node => !node.IsDead && (node.IsStateful || node.WaitsForEarlierEpochs)).Select(node => node.Index)];

    public bool IsOrdered(int node) => _ordered[node];

    public bool HasSharers(int node) => _sharers.After(node).Length > 0;

    /// <summary>Whether nothing earlier stands before this call.</summary>
    public bool IsTurn(EpochFrame frame, int node)
    {
        if (!_ordered[node])
        {
            return true;
        }

        foreach (var sharer in _sharers.Before(node))
        {
            if (!frame.Marks[sharer].IsSettled)
            {
                return false;
            }
        }

        for (; frame.Parent is { } parent; frame = parent)
        {
            if (!IsFirst(frame, parent, node))
            {
                return false;
            }
        }

        return !_acrossRoots[node] || IsTurnOfRoot(frame, node);
    }

    /// <summary>Nodes that waited for this one only, because they are handed the same asset.</summary>
    public IEnumerable<int> HeldSharers(EpochFrame frame, int node)
    {
        foreach (var sharer in _sharers.After(node))
        {
            if (frame.Marks[sharer].State == NodeState.Held && IsTurn(frame, sharer))
            {
                yield return sharer;
            }
        }
    }

    private bool IsTurnOfRoot(EpochFrame frame, int node)
    {
        for (var earlier = frame.Earlier; earlier is not null; earlier = earlier.Earlier)
        {
            if (plan.NodeArray[node].WaitsForEarlierEpochs || !earlier.Marks[node].IsSettled)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The epoch whose call of the node is next after it was settled in <paramref name="frame"/>, if that call waits for its turn only.</summary>
    public EpochFrame? NextHeld(EpochFrame frame, int node)
    {
        if (frame.Parent is null)
        {
            return frame.Later is null ? null : Turn(FirstHeld(frame.Later, node), node);
        }

        var siblings = frame.Parent.ElementsFor(frame.Level)!;
        for (var index = frame.Index + 1; index < siblings.Count; index++)
        {
            if (!siblings[index].Marks[node].IsSettled)
            {
                return Turn(Held(siblings[index], node), node);
            }
        }

        return null;
    }

    /// <summary>The first unsettled call of the node in this root epoch or a later one, if it waits for its turn only.</summary>
    public EpochFrame? FirstHeld(EpochFrame root, int node)
    {
        for (var later = root; later is not null; later = later.Later)
        {
            if (!later.Marks[node].IsSettled)
            {
                return Turn(Held(later, node), node);
            }
        }

        return null;
    }

    private EpochFrame? Turn(EpochFrame? held, int node) => held is not null && IsTurn(held, node) ? held : null;

    /// <summary>The first unsettled call of the node at or inside this epoch, if it is held.</summary>
    private EpochFrame? Held(EpochFrame frame, int node)
    {
        switch (frame.Marks[node].State)
        {
            case NodeState.Held:
                return frame;
            case NodeState.Delegated:
                var elements = frame.ElementsFor(plan.NodeArray[node].Level!)!;
                var first = elements.Find(element => !element.Marks[node].IsSettled);
                return first is null ? null : Held(first, node);
            default:
                return null;
        }
    }

    private static bool IsFirst(EpochFrame frame, EpochFrame parent, int node)
    {
        var siblings = parent.ElementsFor(frame.Level)!;
        ref var cursor = ref parent.Marks[node].Cursor;
        while (cursor < frame.Index && siblings[cursor].Marks[node].IsSettled)
        {
            cursor++;
        }

        return cursor >= frame.Index;
    }
}
