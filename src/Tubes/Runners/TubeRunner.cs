using System.Runtime.ExceptionServices;
using Sluice.Instruments;
using Sluice.Tubes.Assets;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Events;
using Sluice.Tubes.Scheduling;
using Sluice.Tubes.Watching;

namespace Sluice.Tubes.Runners;

/// <summary>
/// What all runners share: the life of nodes and assets, inputs, loops, callbacks. A runner says how one process call is carried out.
/// </summary>
public abstract partial class TubeRunner : RunnerHooks, ITubeRunner, IEventSink
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
