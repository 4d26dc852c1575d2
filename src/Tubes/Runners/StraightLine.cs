using Sluice.Tubes.Epochs;
using Sluice.Tubes.Scheduling;
using Sluice.Tubes.Watching;

namespace Sluice.Tubes.Runners;

/// <summary>
/// Takes whole epochs of a tube without maps through its nodes, one call after another, without asking the scheduler: where no node waits
/// for anything, the order is known beforehand. Gives what the scheduler gives. When a call cannot be waited for, the epoch is handed over
/// to the scheduler, which is told what has been called so far. For runners that leave the hooks around calls alone. Who watches hears the
/// same as from the scheduler, but for which nodes are ready.
/// </summary>
public sealed class StraightLine
{
    private readonly CallBook _book;
    private readonly EpochFrame _frame;
    private readonly SignalCell[] _cells;
    private readonly LineStep[] _steps;
    private readonly AbsentInputs _absent;
    private readonly TubeWatch _watch;
    private bool _tellsSignals;
    private ulong _ids;

    private StraightLine(CallBook book)
    {
        (_book, _watch) = (book, book.Watch);
        var plan = book.Scheduler.Plan;
        _frame = new EpochFrame(plan, plan.Root) { Return = plan.Return is { } depends ? new ReturnCollector(depends) : null };
        _frame.Begin(new Epoch(0), null, 0);
        _cells = _frame.Cells;
        Order = ReadyOrder.Of(plan.NodeArray, plan.SignalArray);
        _steps = new LineStep[plan.NodeArray.Length];
        var signals = 0;
        foreach (var node in Order)
        {
            _steps[node.Index] = new LineStep(node, signals);
            signals += node.SignalCount;
        }

        _absent = new AbsentInputs(_frame);
    }

    /// <summary>The nodes that take part, in the order in which they are to be called.</summary>
    public IReadOnlyList<PlanNode> Order { get; }

    /// <summary>The line of a tube; null when it has maps, or assets that epochs make or hand on.</summary>
    public static StraightLine? Of(CallBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        var plan = book.Scheduler.Plan;
        var suits = plan.HasWork && plan.Root.Own.Length == plan.Root.Subtree.Length && !book.HasProcessAssets
            && plan.NodeArray.All(node => node.NodeAssets.Count == 0 && node.Kind is not NodeKind.Map)
            && plan.Tube.Assets.All(asset => asset.Specification.Depends is null);
        return suits ? new StraightLine(book) : null;
    }

    /// <summary>The epoch that is on its way, or was the last.</summary>
    public Epoch Epoch => _frame.Epoch;

    /// <summary>Its state, until the next begins.</summary>
    internal EpochFrame Frame => _frame;

    /// <summary>Begins the next epoch.</summary>
    public void Begin(object?[] inputs)
    {
        var number = _book.Scheduler.NextEpoch;
        _book.Scheduler.Rewind(number + 1);
        _book.TakeTime();
        _ids = _book.ReserveEventIds(_cells.Length);
        _frame.Renew(new Epoch(number));
        _frame.Inputs = inputs;
        if (_watch.IsOn)
        {
            _watch.EpochStart(_frame);
        }

        _tellsSignals = _watch.SeesSignals;
    }

    /// <summary>Takes the inputs of a node's call; false when the node does not run in this epoch.</summary>
    public bool TryPrepare(NodeInvocation call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var inputs = call.Inputs;
        var signals = _steps[call.Node.Index].Signals;
        call.Begin(_frame, cancellationToken);
        for (var index = 0; index < signals.Length; index++)
        {
            if (signals[index] < 0)
            {
                inputs[index] = call.Value(index);
                continue;
            }

            ref var cell = ref _cells[signals[index]];
            if (cell.State != SignalState.Present)
            {
                return TryPrepareWithout(call);
            }

            inputs[index] = cell.Value;
        }

        return true;
    }

    /// <summary>Books what a call gave.</summary>
    public void Complete(NodeInvocation call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var node = call.Node;
        var results = call.Results;
        var place = _steps[node.Index].FirstPlace;
        for (var index = 0; index < results.Length; index++)
        {
            var signal = node.FirstSignal + index;
            ref var cell = ref _cells[signal];
            cell.Value = results[index];
            cell.Event = null;
            cell.UtcTicks = _book.Ticks;
            cell.Id = _ids + (ulong)(place + index);
            cell.State = SignalState.Present;
            if (ReferenceEquals(results[index], NoEvent.Value))
            {
                cell.State = SignalState.Absent;
                _absent.GaveNothing(signal);
            }

            if (_tellsSignals)
            {
                _watch.Emitted(_frame, _frame.Plan.SignalArray[signal], results[index]);
            }
        }

        if (node.Kind == NodeKind.Return)
        {
            call.CollectReturn();
        }
    }

    /// <summary>All nodes have been called that can be, and the epoch ends; takes what the return node has collected.</summary>
    public object? TakeResult()
    {
        if (_watch.IsOn)
        {
            _watch.EpochEnd(_frame, null);
        }

        return _frame.Return?.Take();
    }

    /// <summary>
    /// Begins the same epoch on the scheduler, with no call made yet; who watches does not hear of it again, until <see cref="HandedOver"/>. Calls
    /// that are still on their way may look at the state of this line.
    /// </summary>
    public EpochFrame HandOver()
    {
        _watch.IsRepeating = true;
        _book.Scheduler.Rewind(_frame.Epoch.Root);
        var root = _book.Begin(_frame.Inputs, []);
        root.StartedAt = _frame.StartedAt;
        return root;
    }

    /// <summary>The scheduler has been told of all calls that were made: from now on what it does is news.</summary>
    public void HandedOver() => _watch.IsRepeating = false;

    private bool TryPrepareWithout(NodeInvocation call)
    {
        if (!_absent.MayRun(call.Node))
        {
            _absent.Skip(call.Node);
            return false;
        }

        call.Collect();
        return true;
    }
}
