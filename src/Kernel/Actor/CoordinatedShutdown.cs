using Sluice.Kernel.Event;

namespace Sluice.Kernel.Actor;

/// <summary>
/// Ends a system in phases, once, whoever asks for it. The tasks of a phase run together; the next phase begins when they have ended or
/// their time is over, which is logged. The last phase ends the actors.
/// </summary>
public sealed class CoordinatedShutdown : IExtension
{
    /// <summary>First of all.</summary>
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";

    /// <summary>Take no new requests.</summary>
    public const string PhaseServiceUnbind = "service-unbind";

    /// <summary>Wait for the requests that were taken.</summary>
    public const string PhaseServiceRequestsDone = "service-requests-done";

    /// <summary>Stop what answered requests.</summary>
    public const string PhaseServiceStop = "service-stop";

    /// <summary>Ahead of leaving the cluster.</summary>
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";

    /// <summary>Hand shards over.</summary>
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";

    /// <summary>Announce the leave.</summary>
    public const string PhaseClusterLeave = "cluster-leave";

    /// <summary>Hand over what there is once in a cluster.</summary>
    public const string PhaseClusterExiting = "cluster-exiting";

    /// <summary>Wait until the others know.</summary>
    public const string PhaseClusterExitingDone = "cluster-exiting-done";

    /// <summary>Leave.</summary>
    public const string PhaseClusterShutdown = "cluster-shutdown";

    /// <summary>Ahead of the end of the actors.</summary>
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";

    /// <summary>The end of the actors.</summary>
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly Lock _gate = new();
    private readonly ActorSystemImpl _system;
    private readonly ILoggingAdapter _log;

    // Under the gate.
    private readonly Dictionary<string, List<(string Name, Func<CancellationToken, Task<Done>> Task)>> _tasks;
    private Task<Done>? _run;

    private CoordinatedShutdown(ActorSystemImpl system)
    {
        _system = system;
        _log = Logging.GetLogger(system, typeof(CoordinatedShutdown));
        OrderedPhases = CoordinatedShutdownPhases.From(system.Settings.Config);
        _tasks = OrderedPhases.ToDictionary(phase => phase.Name, _ => new List<(string, Func<CancellationToken, Task<Done>>)>());
        if (system.Settings.Config.GetBoolean(CoordinatedShutdownPhases.Path + ".terminate-actor-system"))
        {
            AddTask(PhaseActorSystemTerminate, "terminate-system", async () =>
            {
                await system.FinalTerminate().ConfigureAwait(false);
                return Done.Instance;
            });
        }
    }

    /// <summary>The phases in the order in which they are passed.</summary>
    public IReadOnlyList<CoordinatedShutdownPhase> OrderedPhases { get; }

    /// <summary>Why the shutdown runs; <c>null</c> while it does not.</summary>
    public Reason? ShutdownReason { get; private set; }

    /// <summary>The time that all phases may take together.</summary>
    public TimeSpan TotalTimeout => OrderedPhases.Where(phase => phase.Enabled).Aggregate(TimeSpan.Zero, (sum, phase) => sum + phase.Timeout);

    /// <summary>The shutdown of a system.</summary>
    /// <exception cref="ConfigurationException">The phases in the settings make no sense.</exception>
    public static CoordinatedShutdown Get(ActorSystem sys) => new Id().Get(sys);

    /// <summary>The time that the tasks of a phase may take together.</summary>
    /// <exception cref="ArgumentException">There is no such phase.</exception>
    public TimeSpan Timeout(string phase) => PhaseOf(phase).Timeout;

    /// <summary>Adds a task to a phase. Once the phase has begun, the task does not run any more, which is logged.</summary>
    /// <exception cref="ArgumentException">There is no such phase.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task) => AddTask(phase, taskName, _ => task());

    /// <summary>Adds a task to a phase, which is cancelled when the time of the phase is over.</summary>
    /// <exception cref="ArgumentException">There is no such phase.</exception>
    public void AddTask(string phase, string taskName, Func<CancellationToken, Task<Done>> task)
    {
        PhaseOf(phase);
        lock (_gate)
        {
            if (_tasks.TryGetValue(phase, out var tasks))
            {
                tasks.Add((taskName, task));
                return;
            }
        }
        _log.Warning("The task {0} does not run: the phase {1} of the coordinated shutdown has begun before it was added", taskName, phase);
    }

    /// <summary>Runs the shutdown, or gives the run that was begun before.</summary>
    /// <param name="reason">Why; the first one counts.</param>
    /// <param name="fromPhase">The phase to begin with, in place of the first; those that it depends on are passed over.</param>
    /// <returns>Faults when a task of a phase without recovery fails; the phases behind it do not run.</returns>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        var from = fromPhase is null ? 0 : OrderedPhases.TakeWhile(phase => phase.Name != PhaseOf(fromPhase).Name).Count();
        lock (_gate)
        {
            if (_run is null)
            {
                ShutdownReason = reason;
                _run = Task.Run(() => RunPhases(from));
            }
            return _run;
        }
    }

    private async Task<Done> RunPhases(int from)
    {
        _log.Info("Shutting down: {0}", ShutdownReason);
        foreach (var phase in OrderedPhases.Skip(from))
        {
            List<(string Name, Func<CancellationToken, Task<Done>> Task)>? tasks;
            lock (_gate)
            {
                _tasks.Remove(phase.Name, out tasks);
            }
            if (phase.Enabled && tasks is { Count: > 0 })
            {
                await RunPhase(phase, tasks).ConfigureAwait(false);
            }
        }
        return Done.Instance;
    }

    private async Task RunPhase(CoordinatedShutdownPhase phase, List<(string Name, Func<CancellationToken, Task<Done>> Task)> tasks)
    {
        using var tooLate = new CancellationTokenSource(phase.Timeout, _system.TimeProvider);
        var running = tasks.Select(one => (one.Name, Task: RunTask(phase, one.Name, one.Task, tooLate.Token))).ToList();
        var all = Task.WhenAll(running.Select(one => one.Task));
        try
        {
            await all.WaitAsync(tooLate.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (tooLate.IsCancellationRequested && !all.IsCompletedSuccessfully)
        {
            var late = string.Join(", ", running.Where(one => !one.Task.IsCompleted).Select(one => one.Name));
            if (!phase.Recover)
            {
                throw new TimeoutException($"The phase {phase.Name} of the coordinated shutdown took longer than {phase.Timeout}: {late} did not end.");
            }
            _log.Warning("The phase {0} of the coordinated shutdown took longer than {1}, it goes on without {2}", phase.Name, phase.Timeout, late);
        }
    }

    private async Task RunTask(CoordinatedShutdownPhase phase, string name, Func<CancellationToken, Task<Done>> task, CancellationToken cancellationToken)
    {
        try
        {
            await task(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (phase.Recover)
        {
            _log.Warning(failure, "The task {0} of the phase {1} failed, the coordinated shutdown goes on", name, phase.Name);
        }
    }

    private CoordinatedShutdownPhase PhaseOf(string name) => OrderedPhases.FirstOrDefault(phase => phase.Name == name)
        ?? throw new ArgumentException(
            $"'{name}' is no phase of the coordinated shutdown: take one of {string.Join(", ", OrderedPhases.Select(phase => phase.Name))}, "
            + $"or describe it in {CoordinatedShutdownPhases.Path}.phases.", nameof(name));

    /// <summary>Why a system is shut down.</summary>
    public class Reason
    {
        /// <summary>Derive from it to say why.</summary>
        protected Reason()
        {
        }

        /// <inheritdoc/>
        public override string ToString() => GetType().Name;
    }

    /// <summary>No reason is known.</summary>
    public sealed class UnknownReason : Reason
    {
        private UnknownReason()
        {
        }

        /// <summary>The one reason.</summary>
        public static Reason Instance { get; } = new UnknownReason();
    }

    /// <summary><see cref="ActorSystem.Terminate"/> was called.</summary>
    public sealed class ActorSystemTerminateReason : Reason
    {
        private ActorSystemTerminateReason()
        {
        }

        /// <summary>The one reason.</summary>
        public static Reason Instance { get; } = new ActorSystemTerminateReason();
    }

    /// <summary>The process ends.</summary>
    public sealed class ClrExitReason : Reason
    {
        private ClrExitReason()
        {
        }

        /// <summary>The one reason.</summary>
        public static Reason Instance { get; } = new ClrExitReason();
    }

    private sealed class Id : ExtensionIdProvider<CoordinatedShutdown>
    {
        public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system) => new((ActorSystemImpl)system);
    }
}
