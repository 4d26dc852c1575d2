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

    // Set for an exporter that may be elsewhere; runs are then observed through an actor of this system.
    private readonly ActorSystem? _here;

    private ExporterActors(IActorRef actor, ActorSystem? here) => (Actor, _here) = (actor, here);

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
        return new(system.ActorOf(Props.Create(() => new ObservingExporter(original, flush)), "exporter-" + Uri.EscapeDataString(original.Name)), null);
    }

    /// <summary>
    /// An exporter that somebody else has started, here or on another member of the cluster: its copies live there, and runs of this system send them their
    /// events. A run goes on when that member is lost; its copy ends when this one is. Values that are no texts, numbers or truths travel as JSON.
    /// </summary>
    /// <param name="here">The system of the runs.</param>
    /// <param name="exporter">The exporter's <see cref="Actor"/>, wherever it lives.</param>
    public static ExporterActors At(ActorSystem here, IActorRef exporter)
    {
        ArgumentNullException.ThrowIfNull(here);
        ArgumentNullException.ThrowIfNull(exporter);
        return new(exporter, here);
    }

    /// <summary>Observes a run: completes once its copy takes events, and ends when the run's stream does.</summary>
    /// <param name="context">The run, with its stream.</param>
    /// <param name="cancellationToken">Stops waiting; the run is observed all the same.</param>
    /// <returns>Ends the observation early when disposed. The copy then passes on what it holds and stops.</returns>
    /// <exception cref="ArgumentException">The context has no stream.</exception>
    /// <exception cref="InvalidOperationException">The exporter is on another member, and gone; the run is not observed.</exception>
    public async Task<IDisposable> ObserveAsync(ContextState context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Events is not { } events)
        {
            throw new ArgumentException($"The context '{context.Name}' has no event stream, so there is nothing to observe.", nameof(context));
        }

        var observe = new ObserveContext(context.Name, context.TraceId.ToHexString(), context.Values, context.Headers);
        var messenger = _here is null
            ? await BesideAsync(observe, cancellationToken).ConfigureAwait(false)
            : await ElsewhereAsync(_here, observe, cancellationToken).ConfigureAwait(false);
        return new Observation(events.Subscribe(messenger), messenger);
    }

    /// <summary>The living copies and what they have done.</summary>
    public Task<ExporterCopies> GetCopiesAsync(CancellationToken cancellationToken = default) =>
        Actor.Ask<ExporterCopies>(new GetCopies(), Timeout.InfiniteTimeSpan, cancellationToken);

    private async Task<Messenger> BesideAsync(ObserveContext observe, CancellationToken cancellationToken)
    {
        await Actor.Ask<ContextObserved>(observe, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        return new Messenger(Actor, observe.Context, travels: false);
    }

    private async Task<Messenger> ElsewhereAsync(ActorSystem here, ObserveContext observe, CancellationToken cancellationToken)
    {
        var observed = new TaskCompletionSource<ContextObserved>(TaskCreationOptions.RunContinuationsAsynchronously);
        var travelling = observe with { Values = observe.Values is null ? null : PlainValues.ToTravel(observe.Values), EndsWithSender = true };
        var exporter = Actor;
        var link = here.ActorOf(Props.Create(() => new RunLink(exporter, travelling, observed)));
        await observed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Messenger(link, observe.Context, travels: true);
    }

    private sealed class Observation(IDisposable subscription, Messenger messenger) : IDisposable
    {
        public void Dispose()
        {
            subscription.Dispose();
            messenger.OnCompleted();
        }
    }

    /// <summary>Makes messages of a stream's events.</summary>
    private sealed class Messenger(IActorRef exporter, string context, bool travels) : IObserver<ExporterEvent>
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
                Value = !travels || PlainValues.IsPlain(value.Value) ? value.Value : null,
                ValueJson = !travels || PlainValues.IsPlain(value.Value) ? null : PlainValues.ToJson(value.Value),
                Error = value.Error,
                Attributes = travels ? PlainValues.ToTravel(value.Attributes) : value.Attributes,
            },
            ActorRefs.NoSender);

        public void OnError(Exception error) => exporter.Tell(new ContextEnded(context, error.Message), ActorRefs.NoSender);

        public void OnCompleted() => exporter.Tell(new ContextEnded(context), ActorRefs.NoSender);
    }
}
