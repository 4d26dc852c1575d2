using Sluice.Tubes.Epochs;
using Sluice.Tubes.Runners.Lines;
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
    private readonly NodeInvocation[] _calls;
    private readonly AbsentInputs _absent;
    private readonly CompiledCalls _compiled;
    private readonly TubeWatch _watch;
    private readonly LineWatch _told;
    private readonly bool _needsTime;
    private ulong _ids;

    private StraightLine(CallBook book, IReadOnlyList<PlanNode> order, Func<PlanNode, NodeInvocation> callOf, bool keepsTime)
    {
        (_book, _watch) = (book, book.Watch);
        var plan = book.Scheduler.Plan;
        _frame = new EpochFrame(plan, plan.Root) { Return = plan.Return is { } depends ? new ReturnCollector(depends) : null };
        _frame.Begin(new Epoch(0), null, 0);
        _cells = _frame.Cells;
        Order = order;
        _calls = [.. order.Select(callOf)];
        _steps = new LineStep[plan.NodeArray.Length];
        var signals = 0;
        for (var place = 0; place < order.Count; place++)
        {
            _steps[order[place].Index] = new LineStep(order[place], place, signals);
            signals += order[place].SignalCount;
        }

        _absent = new AbsentInputs(_frame);
        _told = new LineWatch(_watch, _frame, order);
        _compiled = new CompiledCalls(book, order, _frame, _absent, _told);
        _needsTime = keepsTime || _steps.Any(step => step is { SeesEvents: true });
    }

    /// <summary>The nodes that take part, in the order in which they are to be called.</summary>
    public IReadOnlyList<PlanNode> Order { get; }

    /// <summary>Their calls, in the same order.</summary>
    public IReadOnlyList<NodeInvocation> Calls => _calls;

    /// <summary>The epoch that is on its way, or was the last.</summary>
    public Epoch Epoch => _frame.Epoch;

    private bool TellsSignals => (_told.Hooks & LineHooks.Signals) != 0;

    /// <summary>Its state, until the next begins.</summary>
    internal EpochFrame Frame
    {
        get
        {
            Settle(_calls.Length);
            return _frame;
        }
    }

    /// <summary>The line of a tube; null when it has maps, or assets that epochs make or hand on.</summary>
    /// <param name="book">The books of its runner.</param>
    /// <param name="callOf">Gives the call of each node, in the order of the line.</param>
    /// <param name="keepsTime">Whether somebody may ask for the events of an epoch after its end.</param>
    public static StraightLine? Of(CallBook book, Func<PlanNode, NodeInvocation> callOf, bool keepsTime)
    {
        ArgumentNullException.ThrowIfNull(book);
        var plan = book.Scheduler.Plan;
        var suits = plan.HasWork && plan.Root.Own.Length == plan.Root.Subtree.Length && !book.HasProcessAssets
            && plan.NodeArray.All(node => node.NodeAssets.Count == 0 && node.Kind is not NodeKind.Map)
            && plan.Tube.Assets.All(asset => asset.Specification.Depends is null);
        return suits ? new StraightLine(book, ReadyOrder.Of(plan.NodeArray, plan.SignalArray), callOf, keepsTime) : null;
    }

    /// <summary>Begins the next epoch.</summary>
    /// <param name="inputs">The values of the tube's inputs, by number.</param>
    /// <param name="mayCompile">Whether calls may be made with <see cref="Run"/>, where that is possible.</param>
    public void Begin(object?[] inputs, bool mayCompile = true)
    {
        var number = _book.Scheduler.NextEpoch;
        _book.Scheduler.Rewind(number + 1);
        _ids = _book.ReserveEventIds(_cells.Length);
        _frame.Renew(new Epoch(number));
        _frame.Inputs = inputs;
        if (!_compiled.Begin(_told.TryBegin() && mayCompile) || _needsTime)
        {
            _book.TakeTime();
        }

        if (_watch.IsOn)
        {
            _watch.EpochStart(_frame);
        }
    }

    /// <summary>Whether the calls from this place on can be made with <see cref="Run"/>.</summary>
    internal bool CanRun(int place) => _compiled.CanRun(place);

    /// <summary>
    /// Makes the calls from a place on, as far as they are compiled. What they give need not be completed. When the clock is suspected behind the
    /// last call, nothing has been written since that call began; the line may not be the caller's any more.
    /// </summary>
    /// <param name="place">Becomes the place where it stopped: of a call, or behind the last.</param>
    /// <param name="clock">Ticks with the calls.</param>
    /// <param name="cancellationToken">Looked at before each call.</param>
    /// <param name="failure">What the node threw when one has failed; else null.</param>
    internal LineStop Run(ref int place, CallClock clock, CancellationToken cancellationToken, out Exception? failure)
    {
        var from = place;
        var stop = _compiled.Run(ref place, clock, cancellationToken, out failure);
        _told.Ended(from, place, stop);
        return stop;
    }

    /// <summary>Writes what the call at a place gave that ended as <see cref="LineStop.Suspected"/>, if the line is the caller's still.</summary>
    internal void Write(int place, object?[] results)
    {
        _compiled.Write(place, results);
        for (var index = 0; TellsSignals && index < results.Length; index++)
        {
            _told.Emitted(Order[place].FirstSignal + index, results[index]);
        }
    }

    /// <summary>Tells those who watch that the call at a place ended as <see cref="LineStop.Failed"/>, whoever the line belongs to now.</summary>
    internal void TellFailed(int place, Exception failure, CancellationToken cancellationToken) =>
        _told.Failed(place, failure, cancellationToken);

    /// <summary>Completes the calls before a place that were made with <see cref="Run"/>, for those who want more than the values.</summary>
    internal void Settle(int place)
    {
        for (var next = _compiled.NextToSettle(place); next >= 0; next = _compiled.NextToSettle(place))
        {
            var call = _calls[next];
            TryPrepare(call, default);
            _compiled.Take(call);
            Complete(call, isTold: true);
        }
    }

    /// <summary>Takes the inputs of a node's call; false when the node does not run in this epoch.</summary>
    public bool TryPrepare(NodeInvocation call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var inputs = call.Inputs;
        var step = _steps[call.Node.Index];
        var signals = step.Signals;
        if (step.SeesEvents)
        {
            Settle(step.Place);
        }

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
        Complete(call, isTold: !TellsSignals);
    }

    private void Complete(NodeInvocation call, bool isTold)
    {
        var node = call.Node;
        var results = call.Results;
        var first = _steps[node.Index].FirstSignal;
        for (var index = 0; index < results.Length; index++)
        {
            var signal = node.FirstSignal + index;
            ref var cell = ref _cells[signal];
            cell.Value = results[index];
            cell.Event = null;
            cell.UtcTicks = _book.Ticks;
            cell.Id = _ids + (ulong)(first + index);
            cell.State = SignalState.Present;
            if (ReferenceEquals(results[index], NoEvent.Value))
            {
                cell.State = SignalState.Absent;
                _absent.GaveNothing(signal);
                Leave(node);
            }

            if (!isTold)
            {
                _told.Emitted(signal, results[index]);
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
            _told.End();
        }

        return _frame.Return?.Take();
    }

    /// <summary>
    /// Begins the same epoch on the scheduler, with no call made yet; who watches does not hear of it again, until <see cref="HandedOver"/>. Calls
    /// that are still on their way may look at the state of this line.
    /// </summary>
    /// <param name="place">Where the line is left. The calls before it are made; that at it has its inputs, and is the caller's.</param>
    /// <param name="cancellationToken">The token of the call at the place.</param>
    public EpochFrame HandOver(int place, CancellationToken cancellationToken)
    {
        Settle(place);
        if (_compiled.Has(place))
        {
            TryPrepare(_calls[place], cancellationToken);
        }

        _watch.IsRepeating = true;
        _book.Scheduler.Rewind(_frame.Epoch.Root);
        var root = _book.Begin(_frame.Inputs, []);
        root.StartedAt = _frame.StartedAt;
        return root;
    }

    /// <summary>The scheduler has been told of all calls that were made: from now on what it does is news.</summary>
    public void HandedOver() => _watch.IsRepeating = false;

    private void Leave(PlanNode node)
    {
        if (node.Kind != NodeKind.Return)
        {
            _compiled.Leave(_steps[node.Index].Place);
        }
    }

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
