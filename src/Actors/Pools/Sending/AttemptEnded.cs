using Sluice.Exporters.Sinks;

namespace Sluice.Actors.Pools.Sending;

/// <summary>An attempt is over.</summary>
/// <param name="Batch">What was sent.</param>
/// <param name="Outcomes">One per item.</param>
/// <param name="Latency">How long it took.</param>
/// <param name="WasStopped">Whether the pool cut it short.</param>
internal sealed record AttemptEnded(Batch Batch, IReadOnlyList<SinkOutcome> Outcomes, TimeSpan Latency, bool WasStopped);
