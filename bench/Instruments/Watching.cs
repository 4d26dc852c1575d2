using System.Diagnostics;
using Sluice.Instruments.Metrics;
using Sluice.Instruments.Prometheus;
using Sluice.Instruments.Tracing;

namespace Sluice.Instruments.Bench;

/// <summary>The ways to be watched.</summary>
internal static class Watching
{
    /// <summary>Makes a load inside the scopes of instruments.</summary>
    public static T Make<T>(Func<T> make, params TubeInstrument[] instruments)
    {
        // The scopes go on: they would end with the using, and with them the watching.
        foreach (var instrument in instruments)
        {
            _ = instrument.Enter();
        }

        return make();
    }

    public static T InItsOwnFlow<T>(Func<T> make)
    {
        T made = default!;
        ExecutionContext.Run(ExecutionContext.Capture()!, _ => made = make(), null);
        return made;
    }

    public static TubeInstrument[] None() => [];

    public static TubeInstrument[] OneCounting() => [new CountingInstrument()];

    public static TubeInstrument[] OneCountingEach() => [new EachCountingInstrument()];

    public static TubeInstrument[] ThreeCounting() => [new CountingInstrument(), new CountingInstrument(), new CountingInstrument()];

    /// <summary>Metrics that somebody collects.</summary>
    public static TubeInstrument[] Metrics(out IDisposable reader)
    {
        reader = new PrometheusMetrics();
        return [new MetricsInstrument()];
    }

    /// <summary>Every span is recorded, as with a sampler that takes all.</summary>
    public static TubeInstrument[] Tracing(out IDisposable reader)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        reader = listener;
        return [new TraceInstrument()];
    }
}
