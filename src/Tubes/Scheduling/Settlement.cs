using Sluice.Tubes.Watching;

namespace Sluice.Tubes.Scheduling;

/// <summary>
/// Follows what is known through the frames: a signal known makes nodes ready or skipped, a node settled lets the next in order go,
/// a map's elements settled settle the nodes around it, and an epoch without open nodes ends.
/// </summary>
/// <remarks>
/// One no-event unlocks one optional slot of a node (<see cref="Unlocking"/>). When the same no-event also keeps another of the node's slots from
/// coming, the node cannot run in that epoch, nor can those who depend on it: a return of <c>word</c> and of what is made of <c>word</c> gives
/// nothing when there is no word.
/// </remarks>
internal sealed class Settlement(TubePlan plan, ReadyQueue ready, TubeWatch watch)
{
    /// <summary>The cause of what does not come without a single no-event to blame; unlocks nothing.</summary>
    public const int NoCause = -1;

    private readonly Turns _turns = new(plan, ready);
    private readonly ActiveRoots _roots = new();
    private readonly Undecided _undecided = new(plan);
    private readonly List<EpochFrame> _ended = [];

    public List<EpochFrame> Ended => _ended;

    public int ActiveEpochs => _roots.Count;

    public void Begin(EpochFrame root)
    {
        _roots.Add(root);
        foreach (var node in plan.Root.Own)
        {
            if (root.Marks[node].Pending == 0)
            {
                _turns.BecomeReady(root, node);
            }
        }

        CheckEnd(root);
    }

    /// <summary>A signal is known in its frame; once only.</summary>
    public void Resolve(EpochFrame frame, int signal, bool present) => Resolve(frame, signal, present, signal);

    private void Resolve(EpochFrame frame, int signal, bool present, int cause)
    {
        ref var cell = ref frame.Cells[signal];
        if (cell.State != SignalState.Unknown)
        {
            return;
        }

        cell.State = present ? SignalState.Present : SignalState.Absent;
        cell.Cause = cause;
        foreach (var edge in plan.SignalArray[signal].Dependents)
        {
            Apply(frame, edge, signal);
        }

        while (_undecided.TryTake(out var decided, out var node, out var verdict))
        {
            Decide(decided, node, verdict);
        }
    }

    /// <summary>A node has run, and what its signals gave is resolved.</summary>
    public void Ran(EpochFrame frame, PlanNode node)
    {
        frame.Marks[node.Index].State = NodeState.Ran;
        if (frame.Level.Depth > node.Depth)
        {
            RanBelow(frame.Parent!, node);
            return;
        }

        frame.Open--;
        Settled(frame, node);
        CheckEnd(frame);
    }

    private void RanBelow(EpochFrame frame, PlanNode node)
    {
        if (_turns.IsDealt(frame, node))
        {
            frame.Marks[node.Index].State = NodeState.Ran;
            frame.Open--;
            CheckEnd(frame);
        }
    }

    /// <summary>Tells a new element what is already known of the signals around it. Decides nothing yet.</summary>
    public void Inherit(EpochFrame element)
    {
        foreach (var signal in element.Level.Inherited)
        {
            if (element.HomeOf(plan.SignalArray[signal].Home!).Cells[signal].State == SignalState.Unknown)
            {
                continue;
            }

            foreach (var edge in plan.SignalArray[signal].Dependents)
            {
                Count(element, edge, signal);
            }
        }
    }

    /// <summary>An element's value is there.</summary>
    public void Begin(EpochFrame element, int value)
    {
        Resolve(element, value, true);
        CheckEnd(element);
    }

    /// <summary>A map without elements: what lies below it is decided here, without its values.</summary>
    public void Collapse(EpochFrame frame, PlanNode map) => Collapse(frame, map, map.FirstSignal);

    private void Collapse(EpochFrame frame, PlanNode map, int cause)
    {
        // Of a map inside a map that has collapsed, what lies below is here already.
        var subtree = plan.Opens[map.Index]!.Subtree;
        foreach (var below in subtree)
        {
            if (frame.Marks[below].State == NodeState.Below)
            {
                frame.Marks[below].State = NodeState.Waiting;
                frame.Open++;
            }
        }

        foreach (var below in subtree)
        {
            if (frame.Marks[below] is { State: NodeState.Waiting, Blocked: true } or { State: NodeState.Waiting, Pending: 0 })
            {
                Decide(frame, below);
            }
        }

        Resolve(frame, map.FirstSignal, false, cause);
    }

    /// <summary>A root epoch is over, in one way or another.</summary>
    public void EndRoot(EpochFrame root)
    {
        root.IsEnded = true;
        _undecided.Forget(root);
        if (_roots.Remove(root) is { } later)
        {
            _turns.GoOnAfterRoot(later);
        }
    }

    private void Apply(EpochFrame frame, PlanEdge edge, int signal)
    {
        ref var mark = ref frame.Marks[edge.Node];
        if (mark.State is NodeState.Waiting or NodeState.Below)
        {
            Count(frame, edge, signal);
            if (mark.State == NodeState.Waiting)
            {
                Decide(frame, edge.Node);
            }
        }
        else if (mark.State == NodeState.Delegated)
        {
            foreach (var element in frame.ElementsFor(plan.NodeArray[edge.Node].Level!)!)
            {
                Apply(element, edge, signal);
            }
        }
    }

    /// <summary>One input less to wait for; or one that makes the node impossible.</summary>
    private void Count(EpochFrame frame, PlanEdge edge, int signal)
    {
        ref var mark = ref frame.Marks[edge.Node];
        mark.Pending--;
        ref readonly var cell = ref frame.HomeOf(plan.SignalArray[signal].Home!).Cells[signal];
        if (mark.Blocked || cell.State == SignalState.Present)
        {
            return;
        }

        if (edge.Required)
        {
            (mark.Blocked, mark.Cause) = (true, cell.Cause);
        }
        else
        {
            mark.IsSilent = true;
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
            Decide(frame, node, mark.IsSilent ? _undecided.Decide(frame, node) : UnlockVerdict.Runs);
        }
    }

    private void Decide(EpochFrame frame, int node, UnlockVerdict verdict)
    {
        if (verdict == UnlockVerdict.Runs)
        {
            _turns.BecomeReady(frame, node);
        }
        else if (verdict == UnlockVerdict.Never)
        {
            Skip(frame, node);
        }
    }

    private void Skip(EpochFrame frame, int index)
    {
        var node = plan.NodeArray[index];
        frame.Marks[index].State = NodeState.Skipped;
        if (node.HasOptionalInput)
        {
            frame.Marks[index].Cause = NoCause;
        }

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
            Collapse(frame, node, frame.Marks[node.Index].Cause);
        }
        else if (frame.HomeOf(plan.SignalArray[signal].Home!) == frame)
        {
            Resolve(frame, signal, false, frame.Marks[node.Index].Cause);
        }
    }

    /// <summary>The next call in order may go; and when this was the last element, the epoch around it has the node settled too.</summary>
    private void Settled(EpochFrame frame, PlanNode node)
    {
        _turns.GoOn(frame, node.Index);
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
        if (watch.IsOn)
        {
            watch.EpochEnd(frame, null);
        }

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
