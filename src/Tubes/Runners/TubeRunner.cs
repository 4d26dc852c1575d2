using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Sluice.Instruments;
using Sluice.Tubes.Assets;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Events;
using Sluice.Tubes.Scheduling;
using Sluice.Tubes.Watching;

namespace Sluice.Tubes.Runners;

/// <summary>
/// What all runners share: the life of nodes and assets, inputs, loops, callbacks. A runner says how one process call is carried out.
/// The hooks may be overridden; each is called where its name says.
/// </summary>
public abstract class TubeRunner : ITubeRunner, IEventSink
{
    private readonly EventCallbacks _callbacks;
    private readonly RunnerContext _context;
    private readonly TubeLife _life;
    private int _busy;

    /// <summary>Makes a runner for a tube; nothing is initialised yet.</summary>
    protected TubeRunner(Tube tube, RunnerOptions? options)
    {
        ArgumentNullException.ThrowIfNull(tube);
        Tube = tube;
        Options = options ?? new RunnerOptions();
        MaxIterLoops = Options.MaxIterLoops;
        RunnerId = Random.Shared.Next().ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
        _callbacks = new EventCallbacks(Options.Warn);
        Watching = new TubeWatch(tube, Options.Time);
        _context = new RunnerContext
        {
            RunnerId = RunnerId,
            TubeId = tube.Id,
            Time = Options.Time,
            TubeFolder = tube.Specification.Folder ?? Directory.GetCurrentDirectory(),
            Events = this,
            Watching = Watching,
        };
        _life = new TubeLife(tube, _context, Watching);
    }

    /// <inheritdoc/>
    public Tube Tube { get; }

    /// <inheritdoc/>
    public string RunnerId { get; }

    /// <inheritdoc/>
    public bool Running => _life.Running;

    /// <inheritdoc/>
    public int MaxIterLoops { get; set; }

    /// <inheritdoc/>
    public NodeFailure? LastFailure { get; private set; }

    /// <summary>The objects of runner-scoped assets that live now, by id; null for all others.</summary>
    public IReadOnlyDictionary<string, object?> Assets => _life.Assets.Current;

    /// <inheritdoc/>
    bool IEventSink.WantsEvents => WantsEvents;

    /// <summary>Who watches this runner.</summary>
    internal TubeWatch Watching { get; }

    internal AssetStore AssetStore => _life.Assets;

    /// <summary>Where events go besides the callbacks, when this tube is a node of another.</summary>
    internal (IEventSink Sink, string Node)? Outer { get; init; }

    /// <summary>How this runner runs.</summary>
    protected RunnerOptions Options { get; }

    /// <summary>Numbers this runner's events.</summary>
    protected EventIds EventIds { get; } = new();

    /// <summary>Whether anybody listens. If not, events are made only when asked for. Override with true when <see cref="HandleEvents"/> is overridden.</summary>
    protected internal virtual bool WantsEvents => _callbacks.Any || Outer?.Sink.WantsEvents == true;

    /// <inheritdoc/>
    public async ValueTask InitAsync(CancellationToken cancellationToken = default)
    {
        if (!Running)
        {
            using var visit = Enter();
            await StartAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DeinitAsync(CancellationToken cancellationToken = default)
    {
        using var visit = Enter();
        Throw(await _life.StopAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public ValueTask<object?> ProcessAsync(IReadOnlyDictionary<string, object?>? inputs = null, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1)
        {
            return ValueTask.FromException<object?>(Busy());
        }

        var visit = new Visit(this);
        try
        {
            var pending = ProcessCoreAsync(ValidateInput(inputs), cancellationToken);
            if (!pending.IsCompletedSuccessfully)
            {
                return EndAsync(visit, pending);
            }

            visit.Dispose();
            return pending;
        }
        catch (Exception failure)
        {
            visit.Dispose();
            return ValueTask.FromException<object?>(failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<object?>?> RunAsync(int? epochs = null, CancellationToken cancellationToken = default)
    {
        Tube.Inputs.RequireNothingFromCalls();
        using var visit = Enter();
        IReadOnlyList<object?>? results;
        try
        {
            await StartAsync(cancellationToken).ConfigureAwait(false);
            results = await RunCoreAsync(epochs, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _ = await _life.StopAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        Throw(await _life.StopAsync(CancellationToken.None).ConfigureAwait(false));
        return results;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<object?> IterAsync(int? results = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Tube.Inputs.RequireNothingFromCalls();
        await InitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (var given = 0; given < (results ?? int.MaxValue); given++)
            {
                var (ended, result) = await NextAsync(cancellationToken).ConfigureAwait(false);
                if (ended)
                {
                    yield break;
                }

                yield return result;
            }
        }
        finally
        {
            await DeinitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public virtual async IAsyncEnumerable<EpochResult> EpochsAsync(long? epochs = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Tube.Inputs.RequireNothingFromCalls();
        await InitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (var epoch = 0L; epoch < (epochs ?? long.MaxValue); epoch++)
            {
                object? value;
                try
                {
                    value = await ProcessAsync(null, cancellationToken).ConfigureAwait(false);
                }
                catch (EndOfSourceException)
                {
                    yield break;
                }

                yield return new EpochResult(new Epoch(epoch), value);
            }
        }
        finally
        {
            await DeinitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask EnableNodeAsync(string node, CancellationToken cancellationToken = default) => SwitchAsync(node, true, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisableNodeAsync(string node, CancellationToken cancellationToken = default) => SwitchAsync(node, false, cancellationToken);

    /// <inheritdoc/>
    public IDisposable AddCallback(Action<TubeEvent> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return _callbacks.Add(callback);
    }

    /// <summary>Has an instrument watch the runner from now on, besides those that were active where it was started. Nested tubes are watched from their next init.</summary>
    public void Watch(InstrumentScope scope) => Watching.Add(scope);

    /// <inheritdoc/>
    public abstract object? CollectReturn(Epoch? epoch = null);

    /// <inheritdoc/>
    public RunnerContext GetContext() => _context;

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        await DeinitAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    void IEventSink.Tell(string node, TubeEvent happened) => PassOn(node, happened);

    internal void Failed(NodeFailure failure) => LastFailure = failure;

    internal void Warn(string warning) => Options.Warn(warning);

    internal ulong NewEventId() => EventIds.Next();

    internal ulong ReserveEventIds(int count) => EventIds.Reserve(count);

    /// <summary>Carries out one process call; the runner may not be initialised yet.</summary>
    protected abstract ValueTask<object?> ProcessCoreAsync(object?[] inputs, CancellationToken cancellationToken);

    /// <summary>Follows a new plan: nodes were enabled or disabled, or the runner is new. Epochs start at <paramref name="firstEpoch"/>.</summary>
    protected abstract void Follow(TubePlan plan, long firstEpoch);

    /// <summary>Carries out <c>Run</c> while running.</summary>
    protected virtual async ValueTask<IReadOnlyList<object?>?> RunCoreAsync(int? epochs, CancellationToken cancellationToken)
    {
        List<object?>? results = null;
        try
        {
            for (var epoch = 0; epochs is null || epoch < epochs; epoch++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var result = await ProcessCoreAsync(ValidateInput(null), cancellationToken).ConfigureAwait(false);
                if (epochs is not null && result is not null)
                {
                    (results ??= []).Add(result);
                }
            }
        }
        catch (EndOfSourceException)
        {
            // The end of a source is the end of a run, not a failure.
        }

        return results;
    }

    /// <summary>Checks a call's inputs and gives a value to every input of the tube, by number.</summary>
    protected virtual object?[] ValidateInput(IReadOnlyDictionary<string, object?>? inputs)
    {
        if (inputs is { Count: > 0 })
        {
            foreach (var warning in Tube.Inputs.Unknown(inputs, Tube.Id))
            {
                Options.Warn(warning);
            }
        }

        return Tube.Inputs.ForProcess(inputs);
    }

    /// <summary>An epoch begins.</summary>
    protected internal virtual ValueTask BeforeProcessAsync(Epoch epoch, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>These nodes are about to be called. What is taken out is not called in this epoch, which then stalls.</summary>
    protected internal virtual void FilterReady(List<ReadyNode> ready)
    {
    }

    /// <summary>The code that a call goes to.</summary>
    protected internal virtual INodeCode GetNode(ReadyNode ready) => ready.Node.Code;

    /// <summary>Takes a call's inputs.</summary>
    protected internal virtual void CollectInput(NodeInvocation call) => call.Collect();

    /// <summary>The inputs are there, the node is about to be called.</summary>
    protected internal virtual void BeforeCall(NodeInvocation call)
    {
    }

    /// <summary>Calls the node.</summary>
    protected internal virtual ValueTask CallAsync(NodeInvocation call) =>
        GetNode(new ReadyNode(call.Frame, call.Node)).CallAsync(call.Inputs, call.Results, call.Call);

    /// <summary>The node has given its results; they are not events yet.</summary>
    protected internal virtual void AfterCall(NodeInvocation call)
    {
    }

    /// <summary>Passes events on. Called only while <see cref="WantsEvents"/>.</summary>
    protected internal virtual void HandleEvents(IReadOnlyList<TubeEvent> events)
    {
        foreach (var happened in events)
        {
            _callbacks.Tell(happened);
            Outer?.Sink.Tell(Outer.Value.Node, happened);
        }
    }

    /// <summary>A nested tube has an event to tell, in the call of its node and on that call's thread.</summary>
    protected virtual void PassOn(string node, TubeEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        HandleEvents([new TubeEvent(EventIds.Next(), happened.Timestamp, $"{node}/{happened.NodeId}", happened.Signal, happened.Epoch, happened.Value)]);
    }

    /// <summary>An epoch has ended; what this gives is the result of the call.</summary>
    protected internal virtual ValueTask<object?> AfterProcessAsync(Epoch epoch, object? result, CancellationToken cancellationToken) => new(result);

    /// <summary>Initialises what is not; for a process call that comes before init.</summary>
    protected async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        if (!Running)
        {
            await _life.StartAsync(cancellationToken).ConfigureAwait(false);
            _callbacks.Reset();
            LastFailure = null;
        }
    }

    /// <summary>Deinitialises nodes and releases assets, all of them, and gives the first failure. Does nothing when not running.</summary>
    protected ValueTask<Exception?> StopAsync() => _life.StopAsync(CancellationToken.None);

    /// <summary>Disables a node that failed; epochs go on counting.</summary>
    protected async ValueTask DisableFailedAsync(int node, long nextEpoch)
    {
        if (await _life.SwitchAsync(node, false, CancellationToken.None).ConfigureAwait(false))
        {
            Follow(TubePlan.Compile(Tube, _life.Enabled), nextEpoch);
        }
    }

    /// <summary>A scheduler for a plan, which numbers this runner's events and tells those who watch it.</summary>
    protected Scheduler Schedule(TubePlan plan, long firstEpoch) => new(plan, EventIds, firstEpoch, Watching);

    /// <summary>Compiles what is enabled now. A derived runner calls it once when made.</summary>
    protected void FollowCurrent() => Follow(TubePlan.Compile(Tube, _life.Enabled), 0);

    private async ValueTask<(bool Ended, object? Result)> NextAsync(CancellationToken cancellationToken)
    {
        var hasReturn = Tube.Nodes.Any(node => node.Kind == NodeKind.Return);
        for (var loop = 0; loop < MaxIterLoops; loop++)
        {
            try
            {
                var result = await ProcessAsync(null, cancellationToken).ConfigureAwait(false);
                if (result is not null || !hasReturn)
                {
                    return (false, result);
                }
            }
            catch (EndOfSourceException)
            {
                return (true, null);
            }
        }

        throw new MaxIterLoopsException(
            $"{MaxIterLoops} process calls of the tube {Tube.Id} gave no result; if that is right, raise MaxIterLoops, else look at what its return node waits for.");
    }

    private async ValueTask SwitchAsync(string id, bool on, CancellationToken cancellationToken)
    {
        var node = Tube.Node(id);
        using var visit = Enter();
        if (await _life.SwitchAsync(Tube.Nodes.TakeWhile(other => other != node).Count(), on, cancellationToken).ConfigureAwait(false))
        {
            FollowCurrent();
        }
    }

    /// <summary>Keeps other calls out until what it gives is disposed.</summary>
    /// <exception cref="TubeRunningException">Another call is going on.</exception>
    protected Visit Enter()
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1)
        {
            throw Busy();
        }

        return new Visit(this);
    }

    private TubeRunningException Busy() => new(
        $"The runner {RunnerId} of the tube {Tube.Id} is already running; wait until that call has ended, or make another tube and runner.");

    private static async ValueTask<object?> EndAsync(Visit visit, ValueTask<object?> pending)
    {
        using (visit)
        {
            return await pending.ConfigureAwait(false);
        }
    }

    private static void Throw(Exception? failure)
    {
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>A call that is going on.</summary>
    protected readonly struct Visit : IDisposable
    {
        private readonly TubeRunner _runner;

        internal Visit(TubeRunner runner) => _runner = runner;

        /// <summary>The call has ended.</summary>
        public void Dispose() => Volatile.Write(ref _runner._busy, 0);
    }
}
