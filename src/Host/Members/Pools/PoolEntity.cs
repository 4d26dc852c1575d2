using Sluice.Actors.Pools;
using Sluice.Exporters.Sinks;
using Sluice.Host.Running;
using Sluice.Journal;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;
using Sluice.Messages.Pools;

namespace Sluice.Host.Members.Pools;

/// <summary>
/// A pool on the member that owns it: opens the journal, which takes it from an owner before, and passes on to the pool what it gets. What comes
/// while it opens waits; what comes while it ends stays unanswered, so that the next owner gets it.
/// </summary>
internal sealed class PoolEntity : ReceiveActor, IWithTimers, IWithUnboundedStash
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly PoolFile _file;
    private readonly SinkServices _services;
    private ExporterPool? _pool;
    private bool _isEnding;

    public PoolEntity(PoolFile file, SinkServices services)
    {
        (_file, _services) = (file, services);
        Become(Opening);
    }

    public IStash Stash { get; set; } = null!;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Open();

    /// <summary>Without a drain before, the broker has taken the shard away: what is unsent waits in the journal.</summary>
    protected override void PostStop() => _pool?.Actor.Tell(new Drain(TimeSpan.Zero), ActorRefs.NoSender);

    private void Opening()
    {
        Receive<ExporterPool>(OnOpened);
        Receive<Status.Failure>(OnNotOpened);
        Receive<OpenAgain>(_ => Open());
        Receive<EndPool>(_ => _isEnding = true);
        ReceiveAny(_ => Stash.Stash());
    }

    private void Running()
    {
        Receive<EndPool>(_ => End());
        Receive<Drained>(_ => Context.Stop(Self));
        Receive<Status.Failure>(_ => Context.Stop(Self));
        Receive<Terminated>(_ => OnPoolEnded());
        ReceiveAny(message => _pool!.Actor.Forward(message));
    }

    /// <summary>Nothing is answered any more: it goes back to the queue when the shard is given up.</summary>
    private void Ending()
    {
        Receive<Drained>(_ => Context.Stop(Self));
        Receive<Status.Failure>(_ => Context.Stop(Self));
        ReceiveAny(_ => { });
    }

    private void Open()
    {
        var (file, services, system) = (_file, _services, Context.System);
        OpenAsync().PipeTo(Self);

        async Task<ExporterPool> OpenAsync()
        {
            var journal = await Journals.OpenAsync(file.Pool.Name, file.Journal, TimeProvider.System, CancellationToken.None);
            var sinks = new List<PoolExporter>();
            try
            {
                foreach (var (sink, delivery) in file.Exporters)
                {
                    sinks.Add(new PoolExporter(sink.Open(services), delivery));
                }
                return ExporterPool.Start(system, file.Pool, journal, sinks);
            }
            catch
            {
                foreach (var opened in sinks)
                {
                    await opened.Sink.DisposeAsync();
                }
                await journal.DisposeAsync();
                throw;
            }
        }
    }

    private void OnOpened(ExporterPool pool)
    {
        _pool = pool;
        _log.Info("The pool {0} runs on this member", pool.Name);
        if (_isEnding)
        {
            End();
            return;
        }
        Context.Watch(pool.Actor);
        Become(Running);
        Stash.UnstashAll();
    }

    private void OnNotOpened(Status.Failure failure)
    {
        if (_isEnding)
        {
            Stash.ClearStash();
            Context.Stop(Self);
            return;
        }
        _log.Warning("The pool {0} cannot be opened yet: {1}", _file.Pool.Name, failure.Cause.Message);
        Timers.StartSingleTimer("open", OpenAgain.Instance, Pause);
    }

    private void End()
    {
        Stash.ClearStash();
        Context.Unwatch(_pool!.Actor);
        Become(Ending);
        _pool.DrainAsync(_file.Pool.DrainTimeout).PipeTo(Self);
    }

    private void OnPoolEnded() =>
        throw new InvalidOperationException($"The pool {_file.Pool.Name} has ended by itself: it is started again.");

    private sealed class OpenAgain
    {
        public static OpenAgain Instance { get; } = new();
    }
}
