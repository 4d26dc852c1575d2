using System.Diagnostics;
using OpenTelemetry;

namespace Sluice.Host.Observing;

/// <summary>Counts the spans that ended and those that a collector took.</summary>
internal sealed class SpanCount : BaseProcessor<Activity>
{
    private long _ended;
    private long _taken;

    public long Ended => Interlocked.Read(ref _ended);

    public long Lost => Math.Max(0, Ended - Interlocked.Read(ref _taken));

    public override void OnEnd(Activity data) => Interlocked.Increment(ref _ended);

    public void Took(long spans) => Interlocked.Add(ref _taken, spans);
}
