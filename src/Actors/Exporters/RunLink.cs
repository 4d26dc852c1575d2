using Sluice.Messages.Exporters;

namespace Sluice.Actors.Exporters;

/// <summary>
/// Stands for a run before an exporter that may live on another member: the exporter watches it, so that the run's copy ends when the run's member is lost,
/// and it watches the exporter, so that nobody waits for one that is gone. The run itself waits for nothing.
/// </summary>
internal sealed class RunLink : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IActorRef _exporter;
    private readonly ObserveContext _observe;
    private readonly TaskCompletionSource<ContextObserved> _observed;

    public RunLink(IActorRef exporter, ObserveContext observe, TaskCompletionSource<ContextObserved> observed)
    {
        (_exporter, _observe, _observed) = (exporter, observe, observed);
        Receive<ContextObserved>(message => _observed.TrySetResult(message));
        Receive<ObservedEvent>(message => _exporter.Tell(message));
        Receive<ContextEnded>(OnEnded);
        Receive<Terminated>(_ => OnExporterGone());
    }

    protected override void PreStart()
    {
        Context.Watch(_exporter);
        _exporter.Tell(_observe);
    }

    protected override void PostStop() => _observed.TrySetException(Gone());

    private void OnEnded(ContextEnded message)
    {
        _exporter.Tell(message);
        Context.Stop(Self);
    }

    private void OnExporterGone()
    {
        if (!_observed.TrySetException(Gone()))
        {
            _log.Warning("The exporter {0} that observed the run '{1}' is gone, with its member or by itself: the run goes on unobserved.", _exporter, _observe.Context);
        }

        Context.Stop(Self);
    }

    private InvalidOperationException Gone() =>
        new($"The exporter {_exporter} is gone, with its member or by itself: the run '{_observe.Context}' is not observed.");
}
