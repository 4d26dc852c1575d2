namespace Sluice.Exporters;

/// <summary>What one exporter instance has done.</summary>
/// <param name="Events">Events taken from the stream.</param>
/// <param name="Exported">Items whose export has succeeded.</param>
/// <param name="Dropped">Items given up: a processor or an export failed on them, or the queue was full. Null results of processors are not among them.</param>
/// <param name="Faults">Exceptions met.</param>
/// <param name="RunningTasks">Background tasks now running.</param>
public readonly record struct ExporterCounters(long Events, long Exported, long Dropped, long Faults, int RunningTasks);
