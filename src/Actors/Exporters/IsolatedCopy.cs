using System.Diagnostics;
using System.Text.Json;
using Sluice.Exporters;
using Sluice.Exporters.Events;
using Sluice.Messages.Exporters;

namespace Sluice.Actors.Exporters;

/// <summary>One isolated copy of an exporter, observing one run; it ends when its run does, after passing on what it holds.</summary>
internal sealed class IsolatedCopy : ReceiveActor, IWithUnboundedStash
{
    private readonly BaseExporter _copy;
    private readonly ObserveContext _context;
    private readonly TimeSpan _flushTimeout;
    private readonly RestartCount _restarts;

    public IsolatedCopy(BaseExporter original, ObserveContext context, TimeSpan flushTimeout, RestartCount restarts)
    {
        _context = context;
        _flushTimeout = flushTimeout;
        _restarts = restarts;
        _copy = original.CreateIsolatedInstance(StateOf(context));
        Become(Starting);
    }

    public IStash Stash { get; set; } = null!;

    protected override void PreStart() => StartAsync(_copy).PipeTo(Self);

    protected override void PreRestart(Exception reason, object? message)
    {
        _restarts.Value++;
        base.PreRestart(reason, message);
    }

    /// <summary>However the copy ends, it stops: what it has begun in the background finishes by itself.</summary>
    protected override void PostStop() => StopAsync(_copy, TimeSpan.Zero).PipeTo(ActorRefs.Nobody);

    private void Starting()
    {
        Receive<Ready>(_ =>
        {
            Become(Observing);
            Stash.UnstashAll();
        });
        Receive<GetCopies>(_ => Sender.Tell(Status()));
        ReceiveAny(_ => Stash.Stash());
    }

    private void Observing()
    {
        Receive<ObservedEvent>(OnEvent);
        Receive<ObserveContext>(_ => Sender.Tell(new ContextObserved(_copy.Name, _context.Context, _copy.IsRunning)));
        Receive<GetCopies>(_ => Sender.Tell(Status()));
        Receive<ContextEnded>(OnEnded);
    }

    private void Ending()
    {
        Receive<Flushed>(_ => Context.Stop(Self));
        Receive<GetCopies>(_ => Sender.Tell(Status()));
        ReceiveAny(_ => { });
    }

    private void OnEvent(ObservedEvent message)
    {
        var happened = new ExporterEvent
        {
            Kind = (EventKind)message.Kind,
            Id = message.Id,
            ParentId = message.ParentId,
            Name = message.Name,
            Category = message.Category,
            Time = message.Time,
            Value = message.ValueJson is { } json ? JsonSerializer.Deserialize<JsonElement>(json) : PlainValues.Arrived(message.Value),
            Error = message.Error,
            Attributes = PlainValues.Arrived(message.Attributes),
        };
        if (!_copy.TryTake(happened))
        {
            throw new CopyFailedException(_copy.Name, _context.Context);
        }
    }

    private void OnEnded(ContextEnded message)
    {
        if (message.Error is null)
        {
            _copy.OnComplete();
        }
        else
        {
            _copy.OnError(new RunFailedException(message.Error));
        }

        Become(Ending);
        StopAsync(_copy, _flushTimeout).PipeTo(Self);
    }

    private CopyStatus Status()
    {
        var counters = _copy.Counters;
        return new(
            _context.Context, counters.Events, counters.Exported, counters.Dropped, counters.Faults, counters.RunningTasks, _restarts.Value);
    }

    private static ContextState StateOf(ObserveContext context)
    {
        var state = new ContextState
        {
            Name = context.Context,
            Events = Silence.Instance,
            TraceId = context.TraceId is null ? ActivityTraceId.CreateRandom() : ActivityTraceId.CreateFromString(context.TraceId),
        };
        return new ContextState
        {
            Name = state.Name,
            Events = state.Events,
            TraceId = state.TraceId,
            Values = context.Values is null ? state.Values : PlainValues.Arrived(context.Values),
            Headers = context.Headers ?? state.Headers,
        };
    }

    private static async Task<Ready> StartAsync(BaseExporter copy)
    {
        await copy.StartAsync().ConfigureAwait(false);
        return new();
    }

    private static async Task<Flushed> StopAsync(BaseExporter copy, TimeSpan flushTimeout)
    {
        await copy.StopAsync().ConfigureAwait(false);
        if (flushTimeout > TimeSpan.Zero)
        {
            await copy.WaitForTasksAsync(flushTimeout).ConfigureAwait(false);
        }

        return new();
    }

    private sealed record Ready;

    private sealed record Flushed;
}
