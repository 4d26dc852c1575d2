namespace Sluice.Exporters.Tracing;

/// <summary>Times as OpenTelemetry writes them.</summary>
internal static class UnixNano
{
    private const ulong NanosecondsPerTick = 100;

    /// <summary>Nanoseconds since the Unix epoch; 0 for times before it.</summary>
    public static ulong Of(DateTimeOffset time) => (ulong)Math.Max(0, (time - DateTimeOffset.UnixEpoch).Ticks) * NanosecondsPerTick;
}
