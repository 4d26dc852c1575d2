using System.Globalization;
using System.Security.Cryptography;
using Sluice.Actors.Exporters;
using Sluice.Exporters.Sinks;
using Sluice.Host.Output;
using Sluice.Instruments;
using Sluice.Kernel.Actor;

namespace Sluice.Host.Observing;

/// <summary>The exporters that observe one run, each an actor with a copy for it.</summary>
internal sealed class RunExporters : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    // Copies give up by themselves after their flush timeout; this is for an actor that does not answer.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Action<string> _note;
    private readonly SinkServices _services = new();
    private readonly TubeEvents _events;
    private readonly List<(ISink Sink, SinkExporter Exporter, ExporterActors? Actors, TimeSpan Patience)> _exporters = [];
    private InstrumentScope? _scope;

    private RunExporters(string tube, Action<string> note)
    {
        _note = note;
        _events = new TubeEvents($"{tube}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
    }

    /// <summary>Opens the sinks and starts the exporters; what was opened is closed again when a later step fails.</summary>
    public static async Task<RunExporters> StartAsync(
        ActorSystem system, string tube, IReadOnlyList<ExporterPlan> plans, Action<string> note, CancellationToken cancellationToken)
    {
        var exporters = new RunExporters(tube, note);
        try
        {
            foreach (var plan in plans)
            {
                await exporters.AddAsync(system, plan, cancellationToken);
            }

            return exporters;
        }
        catch
        {
            await exporters.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has them observe the runner that the caller makes next. Not from an asynchronous method of its own.</summary>
    public void Enter() => _scope = _exporters.Count == 0 ? null : _events.Enter();

    /// <summary>Ends the observation; waits for what is on its way as long as the settings say, and says what is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        _scope?.Dispose();
        _events.Complete();
        foreach (var (sink, exporter, actors, patience) in _exporters)
        {
            await EndAsync(actors, patience);
            await sink.DisposeAsync();
            if (exporter.Owed > 0)
            {
                _note(string.Create(CultureInfo.InvariantCulture, $"The exporter {exporter.Name} has lost {exporter.Owed:N0} events and delivered {exporter.Delivered:N0}: {exporter.Trouble ?? "the run's end did not wait for them (observe.flush-timeout)."}"));
            }
        }

        _services.Dispose();
    }

    private async Task AddAsync(ActorSystem system, ExporterPlan plan, CancellationToken cancellationToken)
    {
        var sink = plan.Sink.Open(_services);
        var exporter = new SinkExporter(sink, plan.Settings, ValueJson.Write, plan.TakesSpans);
        var index = _exporters.Count;
        _exporters.Add((sink, exporter, null, plan.Settings.FlushTimeout + Slack));
        var actors = ExporterActors.Start(system, exporter, plan.Settings.FlushTimeout);
        _exporters[index] = _exporters[index] with { Actors = actors };
        await actors.ObserveAsync(_events.Context, cancellationToken);
    }

    private async Task EndAsync(ExporterActors? actors, TimeSpan patience)
    {
        var start = _time.GetTimestamp();
        while (actors is not null && _time.GetElapsedTime(start) < patience && (await actors.GetCopiesAsync()).Ended == 0)
        {
            await Task.Delay(LookEvery, _time);
        }
    }
}
