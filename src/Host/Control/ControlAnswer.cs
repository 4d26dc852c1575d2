using Sluice.Messages.Pools;

namespace Sluice.Host.Control;

/// <summary>What the program that has the journal open says to a <see cref="ControlRequest"/>: one JSON object on a line.</summary>
/// <param name="Count">How many dead letters were redriven or dropped.</param>
/// <param name="Exporters">What became of what was sent.</param>
/// <param name="Refused">Why nothing was done; null when it was.</param>
internal sealed record ControlAnswer(long Count = 0, IReadOnlyList<UnsentDataResult>? Exporters = null, string? Refused = null);
