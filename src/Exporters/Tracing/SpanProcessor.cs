using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Exporters.Events;
using Sluice.Exporters.Processing;

namespace Sluice.Exporters.Tracing;

/// <summary>
/// Makes one span of each pair of start and end, with the run's trace and the span of the surrounding start as parent. Moments become events of
/// the span they happened in. An end without a start is counted and logged; a start without an end becomes an unfinished span at shutdown.
/// </summary>
public sealed partial class SpanProcessor : IProcessor<ExporterEvent, Span>, IHoldingProcessor
{
    private readonly ILogger _log;
    private readonly StrongBox<long> _unmatched;
    private readonly OrderedDictionary<string, OpenSpan> _open = [];
    private ContextState _context = ContextState.None;
    private TimeProvider _time = TimeProvider.System;

    /// <summary>Makes one that logs to these loggers.</summary>
    public SpanProcessor(ILoggerFactory? loggers = null)
        : this((loggers ?? NullLoggerFactory.Instance).CreateLogger<SpanProcessor>(), new StrongBox<long>())
    {
    }

    private SpanProcessor(ILogger log, StrongBox<long> unmatched)
    {
        _log = log;
        _unmatched = unmatched;
    }

    /// <summary>How many ends, and moments outside of any span, had no start; over all runs of this processor.</summary>
    public long Unmatched => Interlocked.Read(ref _unmatched.Value);

    /// <inheritdoc/>
    public IHoldingProcessor CreateIsolatedInstance() => new SpanProcessor(_log, _unmatched);

    /// <inheritdoc/>
    public void Start(ContextState context, Action flushWanted, TimeProvider time)
    {
        _context = context;
        _time = time;
    }

    /// <inheritdoc/>
    public ValueTask<Span?> ProcessAsync(ExporterEvent item, ContextState context, CancellationToken cancellationToken)
    {
        switch (item.Kind)
        {
            case EventKind.Started:
                _open[item.Id] = new OpenSpan(item, context.TraceId, item.ParentId is { } parent ? _open.GetValueOrDefault(parent)?.SpanId : null);
                return default;
            case EventKind.Ended when _open.Remove(item.Id, out var open):
                return ValueTask.FromResult<Span?>(open.End(item));
            case EventKind.Happened when Around(item) is { } around:
                around.Add(item);
                return default;
            default:
                Interlocked.Increment(ref _unmatched.Value);
                LogUnmatched(item.Kind, item.Name, item.Id, context.Name);
                return default;
        }
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(Func<object, ValueTask> passOn) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask ShutdownAsync(Func<object, ValueTask> passOn)
    {
        // The innermost first, as they would have ended.
        while (_open.Count > 0)
        {
            var (_, open) = _open.GetAt(_open.Count - 1);
            _open.RemoveAt(_open.Count - 1);
            LogUnfinished(open.Name, _context.Name);
            await passOn(open.Abandon(_time.GetUtcNow())).ConfigureAwait(false);
        }
    }

    private OpenSpan? Around(ExporterEvent moment) =>
        _open.GetValueOrDefault(moment.Id) ?? (moment.ParentId is { } parent ? _open.GetValueOrDefault(parent) : null);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No span is open for the event {Kind} of '{Name}' ({Id}) in '{Context}'; it is left out")]
    private partial void LogUnmatched(EventKind kind, string name, string id, string context);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The span of '{Name}' in '{Context}' had not ended when its exporter stopped; it is exported as unfinished")]
    private partial void LogUnfinished(string name, string context);
}
