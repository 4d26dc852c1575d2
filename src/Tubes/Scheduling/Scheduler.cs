using Sluice.Tubes.Epochs;

namespace Sluice.Tubes.Scheduling;

/// <summary>
/// Decides which node can run in which epoch. Pure: no clock, no threads, no code of nodes; the same calls give the same order.
/// A runner begins epochs, takes what is ready, and completes it with the node's results; any number of epochs may be in flight.
/// Not safe for several threads at once.
/// </summary>
/// <remarks>
/// Every epoch has a frame. A signal becomes present or absent once per frame; a node whose required inputs are all present
/// and whose optional ones are known is ready; a node with an absent required input is skipped, and so are its signals.
/// A map that gives elements delegates the nodes below it to one frame per element; a map that gives none collapses: they are
/// decided in its own frame. So every node of every frame is settled in the end, and an epoch cannot hang.
/// </remarks>
public sealed class Scheduler
{
    private readonly FramePool _frames;
    private readonly NodeOrder _order;
    private readonly List<ReadyNode> _ready = [];
    private readonly List<EpochFrame> _ended = [];
    private EpochFrame? _last;
    private bool _mixed;
    private readonly EventIds _ids;

    /// <summary>Follows a plan; the first root epoch has the number <paramref name="firstEpoch"/>.</summary>
    public Scheduler(TubePlan plan, EventIds ids, long firstEpoch = 0)
    {
        _ids = ids;
        Plan = plan;
        NextEpoch = firstEpoch;
        _frames = new FramePool(plan);
        _order = new NodeOrder(plan);
    }

    /// <summary>The plan that it follows.</summary>
    public TubePlan Plan { get; }

    /// <summary>The number of the next root epoch.</summary>
    public long NextEpoch { get; private set; }

    /// <summary>How many root epochs have begun and not ended.</summary>
    public int ActiveEpochs { get; private set; }

    /// <summary>Epochs that have ended since <see cref="ClearEnded"/>, elements before the epoch around them.</summary>
    public IReadOnlyList<EpochFrame> Ended => _ended;

    /// <summary>Begins the next root epoch.</summary>
    /// <param name="inputs">The values of the tube's inputs, by number.</param>
    public EpochFrame Begin(object?[] inputs)
    {
        var frame = _frames.Rent(Plan.Root);
        frame.Begin(new Epoch(NextEpoch++), null, 0);
        frame.Inputs = inputs;
        frame.Return?.Clear();
        (frame.Earlier, frame.Later) = (_last, null);
        if (_last is not null)
        {
            _last.Later = frame;
        }

        _last = frame;
        ActiveEpochs++;
        foreach (var node in Plan.Root.Own)
        {
            if (frame.Marks[node].Pending == 0)
            {
                BecomeReady(frame, node);
            }
        }

        CheckEnd(frame);
        return frame;
    }

    /// <summary>Moves everything that is ready into <paramref name="batch"/>, earlier epochs first. What becomes ready from now on is in the next batch.</summary>
    public void TakeReady(List<ReadyNode> batch)
    {
        if (_mixed)
        {
            ReadyOrder.Sort(_ready);
            _mixed = false;
        }

        foreach (var ready in _ready)
        {
            ready.Frame.Marks[ready.Node.Index].State = NodeState.Out;
            ready.Frame.Root.OutCount++;
            batch.Add(ready);
        }

        _ready.Clear();
    }

    /// <summary>Takes the results of a node that was taken. Results of an abandoned epoch are ignored.</summary>
    /// <param name="ready">What was taken.</param>
    /// <param name="results">One per signal; <see cref="NoEvent.Value"/> for none. Of a map the first is the list of elements.</param>
    /// <param name="utcTicks">When the call ended.</param>
    /// <param name="written">Gets the places of the values, in the order of emission; null when nobody wants to know.</param>
    public void Complete(ReadyNode ready, object?[] results, long utcTicks, List<EventPlace>? written)
    {
        var (frame, node) = ready;
        if (--frame.Root.OutCount >= 0 && frame.Root.IsAbandoned)
        {
            return;
        }

        var emission = new Emission(utcTicks, written);
        if (node.Kind == NodeKind.Map)
        {
            CompleteMap(frame, node, results, emission);
        }
        else if (node.Kind == NodeKind.Gather && Plan.SignalArray[node.FirstSignal].Home != node.Level && frame.Parent is not null)
        {
            CompleteGather(frame, node, results[0], emission);
        }
        else
        {
            for (var index = 0; index < node.SignalCount; index++)
            {
                Write(frame, node.FirstSignal + index, results[index], emission);
            }

            for (var index = 0; index < node.SignalCount; index++)
            {
                Resolve(frame, node.FirstSignal + index, !ReferenceEquals(results[index], NoEvent.Value));
            }
        }

        frame.Marks[node.Index].State = NodeState.Ran;
        frame.Open--;
        Settled(frame, node);
        CheckEnd(frame);
    }

    /// <summary>Forgets which epochs have ended.</summary>
    public void ClearEnded() => _ended.Clear();

    /// <summary>Gives a root epoch up: nothing more of it becomes ready, and it counts as ended without being listed.</summary>
    public void Abandon(EpochFrame root)
    {
        if (root.IsEnded || root.IsAbandoned)
        {
            return;
        }

        root.IsAbandoned = true;
        _ready.RemoveAll(ready => ready.Frame.Root == root);
        _ended.RemoveAll(frame => frame.Root == root);
        EndRoot(root);
    }

    /// <summary>Gives a root epoch up like <see cref="Abandon"/>, and lists it and its elements as ended.</summary>
    public void Skip(EpochFrame root)
    {
        var already = _ended.ToList();
        Abandon(root);
        _ended.Clear();
        _ended.AddRange(already);
        ListOpen(root);
    }

    /// <summary>Gives the memory of an ended root epoch back. Nobody may look at it or its elements afterwards.</summary>
    public void Release(EpochFrame root)
    {
        if (root.IsEnded && !root.IsAbandoned)
        {
            _frames.Return(root);
        }
    }

    /// <summary>Nodes that wait in a root epoch, with the slot and what it waits for; for error messages.</summary>
    public IReadOnlyList<string> Waiting(EpochFrame root) => Stall.Describe(Plan, root);

    private void Write(EpochFrame frame, int signal, object? value, in Emission emission)
    {
        ref var cell = ref frame.Cells[signal];
        cell.Value = value;
        cell.Event = null;
        cell.UtcTicks = emission.UtcTicks;
        cell.Id = _ids.Next();
        emission.Written?.Add(new EventPlace(frame, signal));
    }

    private void Resolve(EpochFrame frame, int signal, bool present)
    {
        ref var cell = ref frame.Cells[signal];
        if (cell.State != SignalState.Unknown)
        {
            return;
        }

        cell.State = present ? SignalState.Present : SignalState.Absent;
        foreach (var edge in Plan.SignalArray[signal].Dependents)
        {
            Apply(frame, edge, present);
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
            foreach (var element in frame.ElementsFor(Plan.NodeArray[edge.Node].Level!)!)
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
        if (!_order.IsTurn(frame, node))
        {
            frame.Marks[node].State = NodeState.Held;
            return;
        }

        frame.Marks[node].State = NodeState.Ready;
        _mixed |= _ready.Count > 0 && _ready[^1].Frame != frame;
        _ready.Add(new ReadyNode(frame, Plan.NodeArray[node]));
    }

    private void Skip(EpochFrame frame, int index)
    {
        frame.Marks[index].State = NodeState.Skipped;
        var node = Plan.NodeArray[index];
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
        else if (frame.HomeOf(Plan.SignalArray[signal].Home!) == frame)
        {
            Resolve(frame, signal, false);
        }
    }

    private void CompleteGather(EpochFrame frame, PlanNode node, object? result, in Emission emission)
    {
        var home = frame.HomeOf(Plan.SignalArray[node.FirstSignal].Home!);
        if (!ReferenceEquals(result, NoEvent.Value))
        {
            Write(home, node.FirstSignal, result, emission);
            return;
        }

        Write(frame, node.FirstSignal, result, emission);
        ref var cell = ref home.Cells[node.FirstSignal];
        cell.Value = cell.IsEmitted ? cell.Value : NoEvent.Value;
        if (home == frame)
        {
            Resolve(frame, node.FirstSignal, false);
        }
    }

    private void CompleteMap(EpochFrame frame, PlanNode node, object?[] results, in Emission emission)
    {
        var (value, count) = (node.FirstSignal, node.FirstSignal + 1);
        if (results[0] is not IReadOnlyList<object?> elements)
        {
            Write(frame, value, NoEvent.Value, emission);
            Write(frame, count, NoEvent.Value, emission);
            Collapse(frame, node);
            Resolve(frame, count, false);
            return;
        }

        var frames = Delegate(frame, node, elements.Count);
        for (var index = 0; index < frames.Count; index++)
        {
            Write(frames[index], value, elements[index], emission);
        }

        Write(frame, count, results[1], emission);
        // All elements learn what is known before any is decided: a decision may settle signals around the map, which are told to all elements.
        frames.ForEach(Inherit);
        foreach (var element in frames)
        {
            Resolve(element, value, true);
        }

        Resolve(frame, count, true);
    }

    private List<EpochFrame> Delegate(EpochFrame frame, PlanNode node, int count)
    {
        var level = Plan.Opens[node.Index]!;
        var elements = new List<EpochFrame>(count);
        frame.Children.Add((node.Index, elements));
        frame.LiveChildren += count;
        for (var index = 0; index < count; index++)
        {
            var element = _frames.Rent(level);
            element.Begin(frame.Epoch.Child(node.Id, node.Index, index), frame, index);
            elements.Add(element);
        }

        foreach (var below in level.Subtree)
        {
            ref var mark = ref frame.Marks[below];
            (mark.State, mark.Left, mark.Cursor) = (NodeState.Delegated, count, 0);
        }

        return elements;
    }

    /// <summary>Tells a new element what is already known of the signals around it.</summary>
    private void Inherit(EpochFrame element)
    {
        foreach (var signal in element.Level.Inherited)
        {
            var state = element.HomeOf(Plan.SignalArray[signal].Home!).Cells[signal].State;
            if (state == SignalState.Unknown)
            {
                continue;
            }

            foreach (var edge in Plan.SignalArray[signal].Dependents)
            {
                ref var mark = ref element.Marks[edge.Node];
                mark.Pending--;
                mark.Blocked |= state == SignalState.Absent && edge.Required;
            }
        }
    }

    /// <summary>A map without elements: what lies below it is decided here, without its values.</summary>
    private void Collapse(EpochFrame frame, PlanNode map)
    {
        var subtree = Plan.Opens[map.Index]!.Subtree;
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

    /// <summary>A node is settled in an epoch: the next in order may go, and when it was the last element, the epoch around it is told.</summary>
    private void Settled(EpochFrame frame, PlanNode node)
    {
        if (_order.IsOrdered(node.Index))
        {
            ReleaseNext(frame, node.Index);
        }

        if (frame.Parent is not { } parent || --parent.Marks[node.Index].Left > 0)
        {
            return;
        }

        parent.Marks[node.Index].State = NodeState.Ran;
        if (node.Kind == NodeKind.Gather && frame.HomeOf(Plan.SignalArray[node.FirstSignal].Home!) == parent)
        {
            Resolve(parent, node.FirstSignal, parent.Cells[node.FirstSignal].IsEmitted);
        }

        Settled(parent, node);
    }

    private void ReleaseNext(EpochFrame frame, int node)
    {
        if (_order.NextHeld(frame, node) is { } next)
        {
            BecomeReady(next, node);
        }
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

    private void EndRoot(EpochFrame root)
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

    private void ListOpen(EpochFrame frame)
    {
        foreach (var element in frame.Children.SelectMany(map => map.Elements).Where(element => !element.IsEnded))
        {
            ListOpen(element);
        }

        _ended.Add(frame);
    }

    private readonly record struct Emission(long UtcTicks, List<EventPlace>? Written);
}
