using System.Text.Json;
using Sluice.Exporters.Events;
using Sluice.Exporters.Processing;
using Sluice.Exporters.Processors;
using Sluice.Exporters.Sinks;
using Sluice.Exporters.Tracing;

namespace Sluice.Actors.Exporters;

/// <summary>
/// Sends what happens in runs to a sink: each event a JSON object, or each pair of start and end a span. Copies share the sink and the counts,
/// and nothing else. Not a pool: there is no journal, so what a sink does not take after a few attempts is lost, and counted.
/// </summary>
public sealed class SinkExporter : ProcessingExporter<ExporterEvent, SinkItem>
{
    private readonly ISink _sink;
    private readonly SinkExporterSettings _settings;
    private readonly SinkExporterCounts _counts = new();

    /// <param name="sink">Where events go; it stays the caller's.</param>
    /// <param name="settings">Which events, and how.</param>
    /// <param name="writeValue">Writes a value that a node emitted as JSON.</param>
    /// <param name="asSpans">Whether spans are sent: the sink takes <see cref="SpanJson.ContentType"/>.</param>
    /// <param name="time">The clock of batches and retries; the system's if left out.</param>
    public SinkExporter(ISink sink, SinkExporterSettings settings, Action<Utf8JsonWriter, object?> writeValue, bool asSpans = false, TimeProvider? time = null)
        : base(name: sink?.Name, time: time, maxQueue: settings?.MaxQueue ?? DefaultMaxQueue)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(settings);
        (_sink, _settings) = (sink, settings);
        AddProcessor(new CategoryFilter(settings.Events), "filter");
        if (asSpans)
        {
            AddProcessor(new SpanProcessor(), "spans");
            AddProcessor(new SpanItems(_counts), "items");
        }
        else
        {
            AddProcessor(new EventItems(_counts, writeValue), "items");
        }

        AddProcessor(
            new BatchingProcessor<SinkItem>(new BatchingSettings
            {
                Size = settings.BatchSize,
                FlushInterval = settings.BatchAge,
                MaxQueue = Math.Max(settings.BatchSize, settings.MaxQueue),
                Overflow = BatchOverflow.FlushNow,
            }),
            "batches");
    }

    /// <summary>Events (or spans) that the sink has taken, of all runs.</summary>
    public long Delivered => _counts.Delivered;

    /// <summary>Those made and not delivered: on their way while runs go on, lost at the end.</summary>
    public long Owed => _counts.Made - _counts.Delivered;

    /// <summary>Why the sink last took something not; null while it has taken all.</summary>
    public string? Trouble => _counts.Trouble;

    /// <inheritdoc/>
    protected override ValueTask ExportProcessedAsync(SinkItem item, CancellationToken cancellationToken) => ExportProcessedAsync([item], cancellationToken);

    /// <inheritdoc/>
    protected override async ValueTask ExportProcessedAsync(IReadOnlyList<SinkItem> batch, CancellationToken cancellationToken)
    {
        var left = batch;
        for (var attempt = 1; ; attempt++)
        {
            var outcomes = await _sink.SendAsync(left, cancellationToken).ConfigureAwait(false);
            var again = new List<SinkItem>();
            var wait = _settings.RetryInterval * Math.Pow(2, attempt - 1);
            for (var i = 0; i < left.Count; i++)
            {
                switch (outcomes[i])
                {
                    case SinkOutcome.Delivered:
                        _counts.Deliver();
                        break;
                    case SinkOutcome.RetryLater(var reason, var after):
                        // Those behind it only say that they were not tried.
                        _counts.Trouble = again.Count == 0 ? reason : _counts.Trouble;
                        again.Add(left[i]);
                        wait = after > wait ? after.Value : wait;
                        break;
                    case SinkOutcome.Undeliverable(var reason, _, _):
                        _counts.Trouble = reason;
                        break;
                    case SinkOutcome.RefusedTogether(var reason, _, _):
                        _counts.Trouble = reason;
                        break;
                }
            }

            if (again.Count == 0)
            {
                return;
            }

            if (attempt == _settings.Attempts)
            {
                throw new EventsLostException(Name, again.Count, attempt, _counts.Trouble);
            }

            left = again;
            await Task.Delay(wait, Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
