using System.Runtime.CompilerServices;
using Sluice.Tubes.Events;
using Sluice.Tubes.Runners.Lines;
using Sluice.Tubes.Scheduling;
using Sluice.Tubes.Watching;

namespace Sluice.Tubes.Runners;

/// <summary>
/// What a runner does around the calls of nodes: prepares them from a scheduler's state, and books their results there.
/// Everything belongs to the scheduler's owner, except <see cref="CallAsync"/>, <see cref="OpenAsync"/> and <see cref="CloseAsync"/>.
/// </summary>
public sealed class CallBook
{
    private readonly TubeRunner _runner;
    private readonly TubeWatch _watch;
    private readonly List<EventPlace> _written = [];
    private readonly (int Signal, int Asset)[][] _stores;
    private readonly LineSegment?[]?[] _segments = new LineSegment?[]?[(int)LineHooks.Combinations];
    private long _ticks;

    /// <summary>Keeps the books of a runner for a scheduler.</summary>
    public CallBook(TubeRunner runner, Scheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(scheduler);
        (_runner, _watch) = (runner, runner.Watching);
        Scheduler = scheduler;
        _stores = [.. scheduler.Plan.NodeArray.Select(Stores)];
    }

    /// <summary>The scheduler.</summary>
    public Scheduler Scheduler { get; }

    /// <summary>Whether an instrument watches.</summary>
    public bool IsWatched => _runner.Watching.IsOn;

    /// <summary>Whether an instrument wants to know which nodes are ready: then epochs go by the scheduler.</summary>
    public bool IsReadinessWatched => _runner.Watching.SeesReadiness;

    internal TubeWatch Watch => _watch;

    /// <summary>When the epoch began that began last; the time of events while nobody listens.</summary>
    internal long Ticks => _ticks;

    /// <summary>Whether a process call has assets of its own, to be made with <see cref="OpenAsync"/>.</summary>
    public bool HasProcessAssets => _runner.AssetStore.HasProcess;

    /// <summary>Makes the process-scoped assets of one epoch. After an error none of them is left.</summary>
    public ValueTask<object?[]> OpenAsync(CancellationToken cancellationToken) =>
        HasProcessAssets ? _runner.AssetStore.CreateProcessAsync(cancellationToken) : new([]);

    /// <summary>Releases the process-scoped assets of an epoch, all of them, and gives the first failure.</summary>
    public async ValueTask<Exception?> CloseAsync(object?[] assets)
    {
        var failures = new List<Exception>();
        await _runner.AssetStore.ReleaseProcessAsync(assets, failures).ConfigureAwait(false);
        return failures.FirstOrDefault();
    }

    /// <summary>Begins the next root epoch.</summary>
    /// <param name="inputs">The values of the tube's inputs, by number.</param>
    /// <param name="assets">What <see cref="OpenAsync"/> gave.</param>
    public EpochFrame Begin(object?[] inputs, object?[] assets)
    {
        TakeTime();
        var root = Scheduler.Begin(inputs);
        root.ProcessAssets = assets;
        return root;
    }

    /// <summary>A call that can be prepared again and again, each time after it was completed.</summary>
    public NodeInvocation NewCall(PlanNode node) => new(node, _runner.AssetStore, _runner.GetContext());

    /// <summary>Takes the inputs of a call; from then on it can be called from any thread.</summary>
    public void Prepare(NodeInvocation call, ReadyNode ready, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        call.Begin(ready, cancellationToken);
        if (ready.Node.NodeAssets.Count == 0)
        {
            _runner.CollectInput(call);
        }
    }

    /// <summary>A call that was prepared elsewhere belongs to this state of its epoch from now on, which the scheduler has handed out.</summary>
    public static void Move(NodeInvocation call, ReadyNode ready)
    {
        ArgumentNullException.ThrowIfNull(call);
        call.MoveTo(ready.Frame);
    }

    /// <summary>Calls the node, with assets of its own around the call. Completes synchronously, without allocating, when the node does.</summary>
    public ValueTask CallAsync(NodeInvocation call)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (call.Node.NodeAssets.Count > 0)
        {
            return WithAssetsAsync(call);
        }

        _runner.BeforeCall(call);
        var pending = StartAsync(call);
        if (!pending.IsCompletedSuccessfully)
        {
            return AwaitAsync(call, pending);
        }

        pending.GetAwaiter().GetResult();
        _runner.AfterCall(call);
        return ValueTask.CompletedTask;
    }

    /// <summary>For who calls a node's code without <see cref="CallAsync"/>: the call begins. Gives when, to be given back with its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Begins(NodeInvocation call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return _watch.Start(call.Frame, call.Node);
    }

    /// <summary>The call has ended, perhaps with a failure.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Ends(NodeInvocation call, Exception? failure, long begun) => _watch.Finish(call, failure, begun);

    /// <summary>Books what a call gave. What it gave in an abandoned epoch is ignored.</summary>
    /// <param name="call">The call, which has ended without a failure.</param>
    /// <param name="events">Gets the events that came of it; null when nobody wants to know.</param>
    public void Complete(NodeInvocation call, List<TubeEvent>? events)
    {
        ArgumentNullException.ThrowIfNull(call);
        var isLate = call.Frame.Root.IsAbandoned;
        if (!isLate && call.Node.Kind == NodeKind.Return)
        {
            call.CollectReturn();
        }

        foreach (var (signal, asset) in isLate ? [] : _stores[call.Node.Index])
        {
            if (!ReferenceEquals(call.Results[signal], NoEvent.Value))
            {
                _runner.AssetStore.Store(asset, call.Results[signal]);
            }
        }

        if (events is not null)
        {
            TakeTime();
        }

        Scheduler.Complete(new ReadyNode(call.Frame, call.Node), call.Results, _ticks, events is null ? null : _written);
        Tell(events);
    }

    /// <summary>Books that a node that failed gave nothing on all its signals.</summary>
    public void CompleteWithNothing(NodeInvocation call, List<TubeEvent>? events)
    {
        ArgumentNullException.ThrowIfNull(call);
        Array.Fill(call.Results, NoEvent.Value);
        Complete(call, events);
    }

    /// <summary>Ends an epoch without a result.</summary>
    /// <param name="root">The epoch.</param>
    /// <param name="fault">Why.</param>
    /// <param name="events">Gets the notices of ended epochs; null when nobody wants to know.</param>
    public void Skip(EpochFrame root, Exception fault, List<TubeEvent>? events)
    {
        Scheduler.Skip(root, fault);
        Tell(events);
    }

    /// <summary>Takes what the return node has collected in an epoch; null when nothing.</summary>
    public static object? TakeResult(EpochFrame root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return root.Return?.Take();
    }

    /// <summary>Makes a failure known: who failed, where, with what.</summary>
    /// <param name="call">The call that failed.</param>
    /// <param name="cause">Why.</param>
    /// <param name="consequence">A sentence that says what happens now; null where the caller gets the failure itself.</param>
    public NodeFailure Report(NodeInvocation call, Exception cause, string? consequence)
    {
        var failure = NodeFailure.Of(call, cause);
        _runner.Failed(failure);
        if (consequence is not null)
        {
            _runner.Warn($"{failure} {consequence}");
        }

        return failure;
    }

    internal void TakeTime() => _ticks = _runner.GetContext().Time.GetUtcNow().UtcTicks;

    /// <summary>The first of so many numbers that are nobody else's.</summary>
    internal ulong ReserveEventIds(int count) => _runner.ReserveEventIds(count);

    /// <summary>The code of the plan's straight lines, which all have the same order. Made once for each way to be watched.</summary>
    internal LineSegment?[] Compile(IReadOnlyList<PlanNode> order, LineHooks hooks) => _segments[(int)hooks] ??= LineCompiler.Compile(order, hooks);

    private ValueTask StartAsync(NodeInvocation call) => IsWatched ? call.WatchedAsync(_runner) : _runner.CallAsync(call);

    private async ValueTask AwaitAsync(NodeInvocation call, ValueTask pending)
    {
        await pending.ConfigureAwait(false);
        _runner.AfterCall(call);
    }

    private async ValueTask WithAssetsAsync(NodeInvocation call)
    {
        var failures = new List<Exception>();
        try
        {
            await call.CreateAssetsAsync(call.Call.CancellationToken).ConfigureAwait(false);
            _runner.CollectInput(call);
            _runner.BeforeCall(call);
            await StartAsync(call).ConfigureAwait(false);
            _runner.AfterCall(call);
        }
        finally
        {
            await call.ReleaseAssetsAsync(failures).ConfigureAwait(false);
        }

        if (failures.Count > 0)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures[0]);
        }
    }

    private void Tell(List<TubeEvent>? events)
    {
        if (events is not null)
        {
            foreach (var place in _written)
            {
                events.Add(place.Event);
            }

            foreach (var ended in Scheduler.Ended)
            {
                events.Add(new TubeEvent(_runner.NewEventId(), _ticks, TubeEvent.MetaNode, TubeEvent.EpochEnded, ended.Epoch, ended.Epoch));
            }
        }

        _written.Clear();
        Scheduler.ClearEnded();
    }

    private (int Signal, int Asset)[] Stores(PlanNode node)
    {
        var plan = Scheduler.Plan;
        return [.. plan.Tube.Assets
            .Select((asset, index) => (asset.Specification.Depends, index))
            .Where(pair => pair.Depends?.Node == node.Id)
            .Select(pair => (Signal: Array.FindIndex(plan.SignalArray, signal => signal.Node == node.Index && signal.Name == pair.Depends!.Signal), pair.index))
            .Where(pair => pair.Signal >= 0)
            .Select(pair => (pair.Signal - node.FirstSignal, pair.index))];
    }
}
