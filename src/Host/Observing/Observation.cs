using Sluice.Actors.Instruments;
using Sluice.Hocon;
using Sluice.Instruments;
using Sluice.Instruments.Metrics;
using Sluice.Instruments.Prometheus;
using Sluice.Instruments.Tracing;
using Sluice.Kernel.Actor;

namespace Sluice.Host.Observing;

/// <summary>
/// Everything that a program tells about itself while it runs. A command starts it first, enters it in the method that then starts the actor
/// system, and disposes it last.
/// </summary>
internal sealed class Observation : IAsyncDisposable
{
    private readonly Action<string> _note;
    private readonly List<TubeInstrument> _instruments = [];
    private readonly List<InstrumentScope> _scopes = [];
    private MetricsInstrument? _metrics;
    private PrometheusMetrics? _prometheus;
    private TubeTraceInstrument? _trace;
    private OtlpExport? _otlp;
    private HealthServer? _health;

    private Observation(Action<string> note) => _note = note;

    /// <summary>What <c>/health/ready</c> tells; the command says when it is ready.</summary>
    public Readiness Readiness { get; } = new();

    /// <summary>Where health and metrics are served; null when they are not.</summary>
    public Uri? HealthAddress => _health?.Address;

    /// <summary>The flight recorder; null when it does not record.</summary>
    public FlightReports? Recorder { get; private set; }

    /// <summary>Starts what the plan asks for.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="note">Gets what a person should know.</param>
    /// <param name="cancellationToken">Gives up starting; nothing is left open.</param>
    public static async Task<Observation> StartAsync(ObservationPlan plan, Action<string> note, CancellationToken cancellationToken)
    {
        var observation = new Observation(note);
        try
        {
            await observation.StartAsync(plan, cancellationToken);
            return observation;
        }
        catch
        {
            await observation.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets actors, here and on other members, subscribe to what happens in a system: <c>/user/instruments</c>.</summary>
    /// <param name="system">The system.</param>
    /// <param name="config">May have a section <c>sluice.instruments</c>.</param>
    public static IActorRef Serve(ActorSystem system, Config config) => InstrumentActor.Start(
        system, config.WithFallback(ConfigurationFactory.FromResource<InstrumentActor>()).Bind<InstrumentActorSettings>("sluice.instruments"));

    /// <summary>Has its instruments watch what the caller starts from now on. Not from an asynchronous method of its own: the scopes would end with it.</summary>
    public void Enter() => _scopes.AddRange(_instruments.Select(instrument => instrument.Enter()));

    public async ValueTask DisposeAsync()
    {
        _scopes.ForEach(scope => scope.Dispose());
        if (_otlp is not null)
        {
            if (await _otlp.CompleteAsync() is { } trouble)
            {
                _note(trouble);
            }

            _otlp.Dispose();
        }

        if (_health is not null)
        {
            await _health.DisposeAsync();
        }

        if (Recorder is not null)
        {
            await Recorder.DisposeAsync();
        }

        _trace?.Dispose();
        _metrics?.Dispose();
        _prometheus?.Dispose();
    }

    private async Task StartAsync(ObservationPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Telemetry.Otlp.Length > 0)
        {
            _otlp = new OtlpExport(plan.Telemetry);
            _instruments.Add(_trace = new TubeTraceInstrument());
        }

        if (plan.Health.Port >= 0)
        {
            _prometheus = new PrometheusMetrics(plan.Telemetry.Meters.Contains);
            _health = await HealthServer.StartAsync(plan.Health, _prometheus, Readiness, cancellationToken);
            _note($"Health and metrics are at {_health.Address}health/ready and {_health.Address}metrics.");
        }

        if (_otlp is not null || _health is not null)
        {
            _instruments.Add(_metrics = new MetricsInstrument());
        }

        if (plan.Recorder.Enabled)
        {
            Recorder = new FlightReports(plan.Recorder, _note);
            _instruments.Add(Recorder.Instrument);
        }
    }
}
