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

    public static TubeInstrument[] OnePlain() => [new PlainCountingInstrument()];

    public static TubeInstrument[] OneCountingEach() => [new EachCountingInstrument()];

    public static TubeInstrument[] ThreeCounting() => [new CountingInstrument(), new CountingInstrument(), new CountingInstrument()];

    /// <summary>Metrics that somebody collects.</summary>
    public static TubeInstrument[] Metrics(out IDisposable reader)
    {
        reader = new PrometheusMetrics();
        return [new MetricsInstrument()];
    }

    /// <summary>Every span is recorded, as with a sampler that takes all.</summary>
    public static TubeInstrument[] Tracing(out IDisposable reader) => Tracing(out reader, 1);

    /// <summary>One trace of a hundred is recorded, and of it every span.</summary>
    public static TubeInstrument[] SampledTracing(out IDisposable reader) => Tracing(out reader, 100);

    private static TubeInstrument[] Tracing(out IDisposable reader, int oneIn)
    {
        var isMaking = false;
        var roots = 0;
        var listener = new ActivityListener
        {
            // Each contender is listened to by its own sampler only.
            ShouldListenTo = source => source.Name == Telemetry.Name && isMaking,
            Sample = (ref ActivityCreationOptions<ActivityContext> span) =>
                (span.Parent == default ? ++roots % oneIn == 0 : (span.Parent.TraceFlags & ActivityTraceFlags.Recorded) != 0)
                    ? ActivitySamplingResult.AllDataAndRecorded
                    : ActivitySamplingResult.None,
        };
        ActivitySource.AddActivityListener(listener);
        reader = listener;
        isMaking = true;
        var trace = new TraceInstrument();
        isMaking = false;
        return [trace];
    }
}
