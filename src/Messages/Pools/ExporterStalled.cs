namespace Sluice.Messages.Pools;

/// <summary>Published on the event stream: something is owed to an exporter and nothing has moved for <c>stalled-after</c>. Said once for each stall.</summary>
/// <param name="Pool">The pool's name.</param>
/// <param name="Exporter">The exporter's name.</param>
/// <param name="For">How long nothing has moved.</param>
/// <param name="UnsentItems">Items owed.</param>
/// <param name="LastError">Why the last failed attempt failed; null when none has.</param>
public sealed record ExporterStalled(string Pool, string Exporter, TimeSpan For, long UnsentItems, string? LastError);

/// <summary>Published on the event stream: an exporter that had stalled makes progress again, or is owed nothing any more.</summary>
/// <param name="Pool">The pool's name.</param>
/// <param name="Exporter">The exporter's name.</param>
/// <param name="UnsentItems">Items still owed.</param>
public sealed record ExporterMovesAgain(string Pool, string Exporter, long UnsentItems);
