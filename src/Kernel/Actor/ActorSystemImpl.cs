using System.Collections.Concurrent;
using Sluice.Instruments;
using Sluice.Kernel.Actor.Cells;
using Sluice.Kernel.Actor.Scheduling;
using Sluice.Kernel.Dispatch;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Actor;

/// <summary>The one kind of system there is: puts the parts together.</summary>
internal sealed class ActorSystemImpl : ExtendedActorSystem, IWatchable
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
    private readonly LocalActorRefProvider _provider;
    private readonly SystemEnd _end;

    public ActorSystemImpl(string name, BootstrapSetup setup)
    {
        Name = name;
        Watches = new SystemWatches(() => (LocalActorRef)_provider!.RootGuardian);
        TimeProvider = setup.TimeProvider;
        Settings = KernelSettings.From(setup.Config);
        Dispatchers = new Dispatchers(this, Settings);
        Mailboxes = new Mailboxes(Settings);
        var root = new ActorPath(new Address("sluice", name));
        EventStream = new EventStream(root.Child("eventStream"), Settings.LogLevel);
        Log = new BusLogging(EventStream, $"ActorSystem({name})", typeof(ActorSystem));
        Scheduler = setup.SchedulerFactory?.Invoke(setup.TimeProvider) ?? new TimerHeapScheduler(setup.TimeProvider, Log);
        _end = new SystemEnd(this);
        _provider = new LocalActorRefProvider(this, root, _end);
        StartLogging(root);
        _provider.Start();
    }

    public override string Name { get; }

    public override KernelSettings Settings { get; }

    public override EventStream EventStream { get; }

    public override IActorRef DeadLetters => _provider.DeadLetters;

    public override IScheduler Scheduler { get; }

    public override ILoggingAdapter Log { get; }

    public override Dispatchers Dispatchers { get; }

    public override Mailboxes Mailboxes { get; }

    public override TimeProvider TimeProvider { get; }

    public override IActorRefProvider Provider => _provider;

    public override Task WhenTerminated => _end.Completion;

    /// <summary>The instruments that joined while the system ran.</summary>
    public SystemWatches Watches { get; }

    public IDisposable Watch(EventLoopInstrument instrument, Predicate<IInstrumented> wants) => Watches.Add(instrument, wants);

    public override IActorRef ActorOf(Props props, string? name = null) => ((LocalActorRef)_provider.Guardian).Cell.ActorOf(props, name);

    public override IActorRef SystemActorOf(Props props, string? name = null) =>
        ((LocalActorRef)_provider.SystemGuardian).Cell.ActorOf(props, name);

    public override ActorSelection ActorSelection(ActorPath actorPath) => Actor.ActorSelection.To(Provider, actorPath);

    public override ActorSelection ActorSelection(string actorPath) => Actor.ActorSelection.To(Provider, Provider.RootGuardian, actorPath);

    public override void Stop(IActorRef actor)
    {
        var target = (IInternalActorRef)actor;
        if (target is LocalActorRef { Parent: LocalActorRef { IsTerminated: false } parent })
        {
            parent.Cell.ChildrenIfAny?.Dying(target);
        }
        target.Stop();
    }

    public override Task Terminate()
    {
        if (!TryGetExtension<CoordinatedShutdown>(out var shutdown))
        {
            return FinalTerminate();
        }
        // Ends with the system whatever the phases do: their failures are logged there.
        _ = TerminateAfter(shutdown!);
        return WhenTerminated;
    }

    /// <summary>Ends the actors without the phases of a coordinated shutdown.</summary>
    public Task FinalTerminate() => _end.Begin();

    public override void RegisterOnTermination(Action code) => _end.Register(code);

    public override object RegisterExtension(IExtensionId extension) =>
        _extensions.GetOrAdd(extension.ExtensionType, _ => new Lazy<object>(() => extension.CreateExtension(this))).Value;

    public override T GetExtension<T>() => TryGetExtension<T>(out var extension)
        ? extension!
        : throw new InvalidOperationException($"The system {Name} has no extension {typeof(T)}: register it before it is asked for.");

    public override bool TryGetExtension<T>(out T? extension)
        where T : class
    {
        extension = _extensions.TryGetValue(typeof(T), out var made) ? (T)made.Value : null;
        return extension is not null;
    }

    public override string ToString() => $"sluice://{Name}";

    private async Task TerminateAfter(CoordinatedShutdown shutdown)
    {
        try
        {
            await shutdown.Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            Log.Error(failure, "The coordinated shutdown failed, the system ends without its other phases");
        }
        await FinalTerminate().ConfigureAwait(false);
    }

    private void StartLogging(ActorPath root)
    {
        if (Settings.LogToConsole)
        {
            EventStream.Subscribe(new ConsoleLogger(root.Child("log-console")), typeof(LogEvent));
        }
        if (Settings.LogDeadLetters > 0)
        {
            EventStream.Subscribe(new DeadLetterLogger(root.Child("log-dead-letters"), Log, Settings.LogDeadLetters), typeof(DeadLetter));
        }
    }
}
