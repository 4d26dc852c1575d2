using Sluice.Exporters;
using Sluice.Messages.Exporters;

namespace Sluice.Actors.Exporters;

/// <summary>
/// An exporter as an actor: for each run that it is asked to observe it has a child, an isolated copy that shares its resources and nothing else.
/// A copy that fails starts again with fresh state; the exporter and its other copies do not notice.
/// </summary>
internal sealed class ObservingExporter : ReceiveActor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly BaseExporter _original;
    private readonly TimeSpan _flushTimeout;
    private readonly Dictionary<string, IActorRef> _copies = [];
    private readonly Dictionary<IActorRef, string> _runs = [];
    private long _ended;
    private long _repeated;

    /// <param name="original">What the copies are made from; it observes nothing itself.</param>
    /// <param name="flushTimeout">How long a copy whose run is over may take to pass on what it holds.</param>
    public ObservingExporter(BaseExporter original, TimeSpan flushTimeout)
    {
        _original = original;
        _flushTimeout = flushTimeout;
        Receive<ObserveContext>(OnObserve);
        Receive<ObservedEvent>(message => _copies.GetValueOrDefault(message.Context)?.Forward(message));
        Receive<ContextEnded>(OnContextEnded);
        Receive<GetCopies>(_ => CopiesAsync(_original.Name, [.. _copies.Values], _ended).PipeTo(Sender, Self));
        Receive<Terminated>(message => OnTerminated(message.ActorRef));
    }

    /// <summary>A copy fails alone, and starts again with fresh isolated state as often as it needs to.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);

    private void OnObserve(ObserveContext message)
    {
        if (!_copies.TryGetValue(message.Context, out var copy))
        {
            var (original, flush, restarts) = (_original, _flushTimeout, new RestartCount());
            copy = Context.ActorOf(Props.Create(() => new IsolatedCopy(original, message, flush, restarts)), NameOf(message.Context));
            Context.Watch(copy);
            _copies.Add(message.Context, copy);
        }

        if (message.EndsWithSender && _runs.TryAdd(Sender, message.Context))
        {
            Context.Watch(Sender);
        }

        copy.Forward(message);
    }

    /// <summary>The context's; with a number while the copy of an earlier run of that name is still ending.</summary>
    private string NameOf(string context)
    {
        var name = Uri.EscapeDataString(context);
        return Context.Child(name).IsNobody() ? name : $"{name}~{++_repeated}";
    }

    private void OnContextEnded(ContextEnded message)
    {
        if (_copies.Remove(message.Context, out var copy))
        {
            copy.Forward(message);
        }
    }

    private void OnTerminated(IActorRef actor)
    {
        if (_runs.Remove(actor, out var run))
        {
            OnContextEnded(new ContextEnded(run, "The run's member is lost, or the run has ended without a word."));
        }
        else
        {
            OnCopyTerminated(actor);
        }
    }

    private void OnCopyTerminated(IActorRef copy)
    {
        _ended++;
        if (_copies.FirstOrDefault(entry => entry.Value.Equals(copy)).Key is { } context)
        {
            _copies.Remove(context);
        }
    }

    private static async Task<ExporterCopies> CopiesAsync(string exporter, IReadOnlyList<IActorRef> copies, long ended)
    {
        var asked = copies.Select(AskAsync).ToArray();
        var statuses = await Task.WhenAll(asked).ConfigureAwait(false);
        return new(exporter, [.. statuses.OfType<CopyStatus>().OrderBy(status => status.Context, StringComparer.Ordinal)], ended);
    }

    /// <summary>A copy that has just ended does not answer, and belongs on the list no more.</summary>
    private static async Task<CopyStatus?> AskAsync(IActorRef copy)
    {
        try
        {
            return await copy.Ask<CopyStatus>(new GetCopies(), Patience).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }
}
