namespace Sluice.Tubes.Scheduling;

/// <summary>
/// Follows what is known through the frames: a signal known makes nodes ready or skipped, a node settled lets the next in order go,
/// a map's elements settled settle the nodes around it, and an epoch without open nodes ends.
/// </summary>
internal sealed class Settlement(TubePlan plan, ReadyQueue ready)
{
    private readonly NodeOrder _order = new(plan);
    private readonly List<EpochFrame> _ended = [];
    private EpochFrame? _last;

    public List<EpochFrame> Ended => _ended;

    public int ActiveEpochs { get; private set; }

    public void Begin(EpochFrame root)
    {
        (root.Earlier, root.Later) = (_last, null);
        if (_last is not null)
        {
            _last.Later = root;
        }

        _last = root;
        ActiveEpochs++;
        foreach (var node in plan.Root.Own)
        {
            if (root.Marks[node].Pending == 0)
            {
                BecomeReady(root, node);
            }
        }

        CheckEnd(root);
    }

    /// <summary>A signal is known in its frame; once only.</summary>
    public void Resolve(EpochFrame frame, int signal, bool present)
    {
        ref var cell = ref frame.Cells[signal];
        if (cell.State != SignalState.Unknown)
        {
            return;
        }

        cell.State = present ? SignalState.Present : SignalState.Absent;
        foreach (var edge in plan.SignalArray[signal].Dependents)
        {
            Apply(frame, edge, present);
        }
    }

    /// <summary>A node has run, and what its signals gave is resolved.</summary>
    public void Ran(EpochFrame frame, PlanNode node)
    {
        frame.Marks[node.Index].State = NodeState.Ran;
        frame.Open--;
        Settled(frame, node);
        CheckEnd(frame);
    }

    /// <summary>Tells a new element what is already known of the signals around it. Decides nothing yet.</summary>
    public void Inherit(EpochFrame element)
    {
        foreach (var signal in element.Level.Inherited)
        {
            var state = element.HomeOf(plan.SignalArray[signal].Home!).Cells[signal].State;
            if (state == SignalState.Unknown)
            {
                continue;
            }

            foreach (var edge in plan.SignalArray[signal].Dependents)
            {
                ref var mark = ref element.Marks[edge.Node];
                mark.Pending--;
                mark.Blocked |= state == SignalState.Absent && edge.Required;
            }
        }
    }

    /// <summary>A map without elements: what lies below it is decided here, without its values.</summary>
    public void Collapse(EpochFrame frame, PlanNode map)
    {
        var subtree = plan.Opens[map.Index]!.Subtree;
        foreach (var below in subtree)
        {
            frame.Marks[below].State = NodeState.Waiting;
        }

        frame.Open += subtree.Length;
        foreach (var below in subtree)
        {
            if (frame.Marks[below] is { State: NodeState.Waiting, Blocked: true } or { State: NodeState.Waiting, Pending: 0 })
            {
                Decide(frame, below);
            }
        }

        Resolve(frame, map.FirstSignal, false);
    }

    /// <summary>A root epoch is over, in one way or another.</summary>
    public void EndRoot(EpochFrame root)
    {
        root.IsEnded = true;
        ActiveEpochs--;
        var later = root.Later;
        if (root.Earlier is not null)
        {
            root.Earlier.Later = later;
        }

        if (later is null)
        {
            _last = root.Earlier;
            return;
        }

        later.Earlier = root.Earlier;
        foreach (var node in _order.Ordered)
        {
            if (_order.FirstHeld(later, node) is { } next)
            {
                BecomeReady(next, node);
            }
        }
    }

    private void Apply(EpochFrame frame, PlanEdge edge, bool present)
    {
        ref var mark = ref frame.Marks[edge.Node];
        if (mark.State is NodeState.Waiting or NodeState.Below)
        {
            mark.Pending--;
            mark.Blocked |= !present && edge.Required;
            if (mark.State == NodeState.Waiting)
            {
                Decide(frame, edge.Node);
            }
        }
        else if (mark.State == NodeState.Delegated)
        {
            foreach (var element in frame.ElementsFor(plan.NodeArray[edge.Node].Level!)!)
            {
                Apply(element, edge, present);
            }
        }
    }

    private void Decide(EpochFrame frame, int node)
    {
        ref var mark = ref frame.Marks[node];
        if (mark.Blocked)
        {
            Skip(frame, node);
        }
        else if (mark.Pending == 0)
        {
            BecomeReady(frame, node);
        }
    }

    private void BecomeReady(EpochFrame frame, int node)
    {
        if (_order.IsTurn(frame, node))
        {
            ready.Add(frame, plan.NodeArray[node]);
        }
        else
        {
            frame.Marks[node].State = NodeState.Held;
        }
    }

    private void Skip(EpochFrame frame, int index)
    {
        frame.Marks[index].State = NodeState.Skipped;
        var node = plan.NodeArray[index];
        for (var signal = node.FirstSignal; signal < node.FirstSignal + node.SignalCount; signal++)
        {
            NotComing(frame, node, signal);
        }

        frame.Open--;
        Settled(frame, node);
        CheckEnd(frame);
    }

    private void NotComing(EpochFrame frame, PlanNode node, int signal)
    {
        if (node.Kind == NodeKind.Map && signal == node.FirstSignal)
        {
            Collapse(frame, node);
        }
        else if (frame.HomeOf(plan.SignalArray[signal].Home!) == frame)
        {
            Resolve(frame, signal, false);
        }
    }

    /// <summary>The next call in order may go; and when this was the last element, the epoch around it has the node settled too.</summary>
    private void Settled(EpochFrame frame, PlanNode node)
    {
        if (_order.IsOrdered(node.Index) && _order.NextHeld(frame, node.Index) is { } next)
        {
            BecomeReady(next, node.Index);
        }

        if (frame.Parent is not { } parent || --parent.Marks[node.Index].Left > 0)
        {
            return;
        }

        parent.Marks[node.Index].State = NodeState.Ran;
        if (node.Kind == NodeKind.Gather && frame.HomeOf(plan.SignalArray[node.FirstSignal].Home!) == parent)
        {
            Resolve(parent, node.FirstSignal, parent.Cells[node.FirstSignal].IsEmitted);
        }

        Settled(parent, node);
    }

    private void CheckEnd(EpochFrame frame)
    {
        if (frame.Open > 0 || frame.LiveChildren > 0 || frame.IsEnded)
        {
            return;
        }

        _ended.Add(frame);
        if (frame.Parent is not { } parent)
        {
            EndRoot(frame);
            return;
        }

        frame.IsEnded = true;
        parent.LiveChildren--;
        CheckEnd(parent);
    }
}
