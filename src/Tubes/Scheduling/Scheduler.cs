using Sluice.Tubes.Epochs;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Watching;

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
/// Calls of a stateful node are handed out in the order of epochs.
/// </remarks>
public sealed class Scheduler
{
    private readonly FramePool _frames;
    private readonly ReadyQueue _ready;
    private readonly Settlement _settlement;
    private readonly EventIds _ids;
    private readonly TubeWatch _watch;

    /// <summary>Follows a plan; the first root epoch has the number <paramref name="firstEpoch"/>, events get their ids from <paramref name="ids"/>.</summary>
    public Scheduler(TubePlan plan, EventIds ids, long firstEpoch = 0)
        : this(plan, ids, firstEpoch, new TubeWatch(plan.Tube, TimeProvider.System))
    {
    }

    internal Scheduler(TubePlan plan, EventIds ids, long firstEpoch, TubeWatch watch)
    {
        Plan = plan;
        NextEpoch = firstEpoch;
        _ids = ids;
        _watch = watch;
        _frames = new FramePool(plan);
        _ready = new ReadyQueue(watch);
        _settlement = new Settlement(plan, _ready, watch);
    }

    /// <summary>The plan that it follows.</summary>
    public TubePlan Plan { get; }

    /// <summary>The number of the next root epoch.</summary>
    public long NextEpoch { get; private set; }

    /// <summary>How many root epochs have begun and not ended.</summary>
    public int ActiveEpochs => _settlement.ActiveEpochs;

    /// <summary>Epochs that have ended since <see cref="ClearEnded"/>, elements before the epoch around them.</summary>
    public IReadOnlyList<EpochFrame> Ended => _settlement.Ended;

    /// <summary>Begins the next root epoch.</summary>
    /// <param name="inputs">The values of the tube's inputs, by number.</param>
    public EpochFrame Begin(object?[] inputs)
    {
        var frame = _frames.Rent(Plan.Root);
        frame.Begin(new Epoch(NextEpoch++), null, 0);
        frame.Inputs = inputs;
        frame.Return?.Clear();
        if (_watch.IsOn)
        {
            _watch.EpochStart(frame);
        }

        _settlement.Begin(frame);
        return frame;
    }

    /// <summary>Moves everything that is ready into <paramref name="batch"/>, earlier epochs first. What becomes ready from now on is in the next batch.</summary>
    public void TakeReady(List<ReadyNode> batch) => _ready.TakeAll(batch);

    /// <summary>Takes the results of a node that was taken. Results of an abandoned epoch are ignored.</summary>
    /// <param name="ready">What was taken.</param>
    /// <param name="results">One per signal; <see cref="NoEvent.Value"/> for none. Of a map the first is the list of elements.</param>
    /// <param name="utcTicks">When the call ended.</param>
    /// <param name="written">Gets the places of the values, in the order of emission; null when nobody wants to know.</param>
    public void Complete(ReadyNode ready, object?[] results, long utcTicks, List<EventPlace>? written)
    {
        var (frame, node) = ready;
        frame.Root.OutCount--;
        if (frame.Root.IsAbandoned)
        {
            return;
        }

        var emission = new Emission(utcTicks, written);
        switch (node.Kind)
        {
            case NodeKind.Map:
                CompleteMap(frame, node, results, emission);
                break;
            case NodeKind.Gather when frame.Parent is not null:
                CompleteGather(frame, node, results[0], emission);
                break;
            default:
                CompletePlain(frame, node, results, emission);
                break;
        }

        _settlement.Ran(frame, node);
    }

    /// <summary>Forgets which epochs have ended.</summary>
    public void ClearEnded() => _settlement.Ended.Clear();

    /// <summary>Gives a root epoch up: nothing more of it becomes ready, and it counts as ended without being listed.</summary>
    /// <param name="root">The epoch.</param>
    /// <param name="fault">Why, for those who watch.</param>
    public void Abandon(EpochFrame root, Exception? fault = null)
    {
        if (root.IsEnded)
        {
            return;
        }

        if (_watch.IsOn)
        {
            TellEnd(root, fault);
            _watch.Failed(fault);
        }

        root.IsAbandoned = true;
        _ready.RemoveEpoch(root);
        _settlement.EndRoot(root);
    }

    /// <summary>Gives a root epoch up like <see cref="Abandon"/>, and lists it and its open elements as ended.</summary>
    /// <param name="root">The epoch.</param>
    /// <param name="fault">Why, for those who watch.</param>
    public void Skip(EpochFrame root, Exception? fault = null)
    {
        if (!root.IsEnded)
        {
            Abandon(root, fault);
            _watch.Failed(null);
            ListOpen(root);
        }
    }

    /// <summary>Numbers root epochs on from <paramref name="next"/>: epochs that were begun ahead and abandoned have never been.</summary>
    public void Rewind(long next) => NextEpoch = next;

    /// <summary>Gives the memory of an ended root epoch back. Nobody may look at it or its elements afterwards.</summary>
    public void Release(EpochFrame root)
    {
        if (root.IsEnded && !root.IsAbandoned)
        {
            _frames.Return(root);
        }
    }

    /// <summary>An epoch in which nothing is ready, out or to come cannot go on: says which nodes wait, for which slot, and what it waits for.</summary>
    public EpochStalledException StallOf(EpochFrame root)
    {
        if (_watch.IsOn)
        {
            Stall.Tell(root, _watch, all: true);
        }

        return new EpochStalledException(
            $"Epoch {root.Epoch} of the tube {Plan.Tube.Id} cannot go on: {string.Join("; ", Stall.Describe(Plan, root))}. Let these nodes be called, or disable them.");
    }

    /// <summary>The runner has nothing to do but wait: whoever watches is told, once for each, which nodes have part of their inputs and wait for the rest.</summary>
    public void TellWaiting(EpochFrame root)
    {
        if (_watch.SeesStalls)
        {
            Stall.Tell(root, _watch, all: false);
        }
    }

    private void CompletePlain(EpochFrame frame, PlanNode node, object?[] results, in Emission emission)
    {
        for (var index = 0; index < node.SignalCount; index++)
        {
            Write(frame, node.FirstSignal + index, results[index], emission);
        }

        for (var index = 0; index < node.SignalCount; index++)
        {
            _settlement.Resolve(frame, node.FirstSignal + index, !ReferenceEquals(results[index], NoEvent.Value));
        }
    }

    private void CompleteGather(EpochFrame frame, PlanNode node, object? result, in Emission emission)
    {
        var signal = node.FirstSignal;
        var home = frame.HomeOf(Plan.SignalArray[signal].Home!);
        var gathered = !ReferenceEquals(result, NoEvent.Value);
        Write(gathered ? home : frame, signal, result, emission);
        if (home == frame)
        {
            _settlement.Resolve(frame, signal, gathered);
        }
        else if (!home.Cells[signal].IsEmitted)
        {
            // It ran and gave nothing so far: a return node tells that apart from not having run.
            home.Cells[signal].Value = NoEvent.Value;
        }
    }

    private void CompleteMap(EpochFrame frame, PlanNode node, object?[] results, in Emission emission)
    {
        var (value, count) = (node.FirstSignal, node.FirstSignal + 1);
        if (results[0] is not IReadOnlyList<object?> values)
        {
            Write(frame, value, NoEvent.Value, emission);
            Write(frame, count, NoEvent.Value, emission);
            _settlement.Collapse(frame, node);
            _settlement.Resolve(frame, count, false);
            return;
        }

        var elements = Delegate(frame, node, values.Count);
        for (var index = 0; index < elements.Count; index++)
        {
            Write(elements[index], value, values[index], emission);
        }

        Write(frame, count, results[1], emission);

        // All elements learn what is known before any is decided: a decision may settle signals around the map, which are told to all elements.
        elements.ForEach(_settlement.Inherit);
        foreach (var element in elements)
        {
            _settlement.Begin(element, value);
        }

        _settlement.Resolve(frame, count, true);
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
            if (_watch.IsOn)
            {
                _watch.EpochStart(element);
            }
        }

        foreach (var below in level.Subtree)
        {
            ref var mark = ref frame.Marks[below];
            (mark.State, mark.Left, mark.Cursor) = (NodeState.Delegated, count, 0);
        }

        return elements;
    }

    private void Write(EpochFrame frame, int signal, object? value, in Emission emission)
    {
        ref var cell = ref frame.Cells[signal];
        cell.Value = value;
        cell.Event = null;
        cell.UtcTicks = emission.UtcTicks;
        cell.Id = _ids.Next();
        emission.Written?.Add(new EventPlace(frame, signal));
        if (_watch.SeesSignals)
        {
            _watch.Emitted(frame.Epoch, Plan.SignalArray[signal], value);
        }
    }

    private void ListOpen(EpochFrame frame)
    {
        foreach (var element in frame.Children.SelectMany(map => map.Elements).Where(element => !element.IsEnded))
        {
            ListOpen(element);
        }

        _settlement.Ended.Add(frame);
    }

    private void TellEnd(EpochFrame frame, Exception? fault)
    {
        foreach (var element in frame.Children.SelectMany(map => map.Elements).Where(element => !element.IsEnded))
        {
            TellEnd(element, fault);
        }

        _watch.EpochEnd(frame, fault);
    }

    private readonly record struct Emission(long UtcTicks, List<EventPlace>? Written);
}
