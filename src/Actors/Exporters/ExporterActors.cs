using Sluice.Exporters;
using Sluice.Exporters.Events;
using Sluice.Messages.Exporters;

namespace Sluice.Actors.Exporters;

/// <summary>
/// An exporter as a program uses it: it observes any number of runs at the same time, each through an isolated copy that is an actor of its own.
/// </summary>
public sealed class ExporterActors
{
    /// <summary>How long a copy whose run is over may take to pass on what it holds, when nothing else is said.</summary>
    public static readonly TimeSpan DefaultFlushTimeout = TimeSpan.FromSeconds(5);

    private ExporterActors(IActorRef actor) => Actor = actor;

    /// <summary>The exporter's actor: it understands the messages of <c>Sluice.Messages.Exporters</c>.</summary>
    public IActorRef Actor { get; }

    /// <summary>Starts the actor of an exporter.</summary>
    /// <param name="system">The actor system that runs it.</param>
    /// <param name="original">What copies are made from; it observes nothing itself and stays the caller's.</param>
    /// <param name="flushTimeout"><see cref="DefaultFlushTimeout"/> when null.</param>
    public static ExporterActors Start(ActorSystem system, BaseExporter original, TimeSpan? flushTimeout = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(original);
        var flush = flushTimeout ?? DefaultFlushTimeout;
        return new(system.ActorOf(Props.Create(() => new ObservingExporter(original, flush)), "exporter-" + Uri.EscapeDataString(original.Name)));
    }

    /// <summary>Observes a run: completes once its copy takes events, and ends when the run's stream does.</summary>
    /// <param name="context">The run, with its stream.</param>
    /// <param name="cancellationToken">Stops waiting; the run is observed all the same.</param>
    /// <returns>Ends the observation early when disposed. The copy then passes on what it holds and stops.</returns>
    /// <exception cref="ArgumentException">The context has no stream.</exception>
    public async Task<IDisposable> ObserveAsync(ContextState context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Events is not { } events)
        {
            throw new ArgumentException($"The context '{context.Name}' has no event stream, so there is nothing to observe.", nameof(context));
        }

        var observe = new ObserveContext(context.Name, context.TraceId.ToHexString(), context.Values, context.Headers);
        await Actor.Ask<ContextObserved>(observe, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        var messenger = new Messenger(Actor, context.Name);
        return new Observation(events.Subscribe(messenger), messenger);
    }

    /// <summary>The living copies and what they have done.</summary>
    public Task<ExporterCopies> GetCopiesAsync(CancellationToken cancellationToken = default) =>
        Actor.Ask<ExporterCopies>(new GetCopies(), Timeout.InfiniteTimeSpan, cancellationToken);

    private sealed class Observation(IDisposable subscription, Messenger messenger) : IDisposable
    {
        public void Dispose()
        {
            subscription.Dispose();
            messenger.OnCompleted();
        }
    }

    /// <summary>Makes messages of a stream's events.</summary>
    private sealed class Messenger(IActorRef exporter, string context) : IObserver<ExporterEvent>
    {
        public void OnNext(ExporterEvent value) => exporter.Tell(
            new ObservedEvent
            {
                Context = context,
                Kind = (ObservedKind)value.Kind,
                Id = value.Id,
                ParentId = value.ParentId,
                Name = value.Name,
                Category = value.Category,
                Time = value.Time,
                Value = value.Value,
                Error = value.Error,
                Attributes = value.Attributes,
            },
            ActorRefs.NoSender);

        public void OnError(Exception error) => exporter.Tell(new ContextEnded(context, error.Message), ActorRefs.NoSender);

        public void OnCompleted() => exporter.Tell(new ContextEnded(context), ActorRefs.NoSender);
    }
}
