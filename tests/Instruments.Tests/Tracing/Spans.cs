using System.Collections.Concurrent;
using System.Diagnostics;

namespace Sluice.Instruments.Tests.Tracing;

/// <summary>Collects the spans that ended inside one test's own trace instrument.</summary>
internal sealed class Spans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;

    /// <param name="takes">The sampler: whether a span with that parent is made; all if left out.</param>
    public Spans(Predicate<ActivityContext>? takes = null)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref options) => takes?.Invoke(options.Parent) is false ? ActivitySamplingResult.None : ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public Activity this[string name] => _ended.Where(span => span.DisplayName == name).ShouldHaveSingleItem();

    public IEnumerable<Activity> All(string name) => _ended.Where(span => span.DisplayName == name);

    public void Dispose() => _listener.Dispose();
}
