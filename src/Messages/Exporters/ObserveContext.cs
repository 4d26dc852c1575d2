namespace Sluice.Messages.Exporters;

/// <summary>
/// Observe a run: the exporter makes an isolated copy of itself for it. Answered with <see cref="ContextObserved"/> once the copy takes events;
/// events sent before that wait for it.
/// </summary>
/// <param name="Context">The run's name, unique among the runs observed at the same time.</param>
/// <param name="TraceId">The trace that the run belongs to, 32 hexadecimal digits; null for a new one.</param>
/// <param name="Values">What the run's owner wants exporters to know; null for nothing.</param>
/// <param name="Headers">Headers of the request or message that began the run; null for none.</param>
/// <param name="EndsWithSender">Whether the run is over, as if <see cref="ContextEnded"/> had said so, when the sender of this message is: its member may be lost.</param>
public sealed record ObserveContext(
    string Context,
    string? TraceId = null,
    IReadOnlyDictionary<string, object?>? Values = null,
    IReadOnlyDictionary<string, string>? Headers = null,
    bool EndsWithSender = false);

/// <summary>A copy takes the run's events.</summary>
/// <param name="Exporter">The exporter's name.</param>
/// <param name="Context">The run.</param>
/// <param name="IsRunning">Whether it does: false when it could not start, which is logged.</param>
public sealed record ContextObserved(string Exporter, string Context, bool IsRunning);

/// <summary>The run is over: its copy passes on what it holds and stops. Not answered.</summary>
/// <param name="Context">The run.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
public sealed record ContextEnded(string Context, string? Error = null);

/// <summary>Which copies live, and what have they done? Answered with <see cref="ExporterCopies"/>.</summary>
public sealed record GetCopies;

/// <summary>An exporter's living copies.</summary>
/// <param name="Exporter">The exporter's name.</param>
/// <param name="Copies">The copies, by context.</param>
/// <param name="Ended">Copies that have ended since the exporter started.</param>
public sealed record ExporterCopies(string Exporter, IReadOnlyList<CopyStatus> Copies, long Ended);

/// <summary>What one copy has done.</summary>
/// <param name="Context">The run that it observes.</param>
/// <param name="Events">Events taken since it was last started.</param>
/// <param name="Exported">Items whose export has succeeded.</param>
/// <param name="Dropped">Items given up.</param>
/// <param name="Faults">Exceptions met.</param>
/// <param name="RunningTasks">Background tasks now running.</param>
/// <param name="Restarts">Times it failed and was started again with fresh state.</param>
public sealed record CopyStatus(string Context, long Events, long Exported, long Dropped, long Faults, int RunningTasks, int Restarts);
