namespace Sluice.Host.Control;

/// <summary>What a journal command asks of the program that has the journal open: one JSON object on a line.</summary>
/// <param name="Command"><c>redrive</c>, <c>drop</c> or <c>send</c>.</param>
/// <param name="DeadLetters">The ids that redrive and drop are about.</param>
/// <param name="Reason">Under which word drop counts the loss.</param>
/// <param name="Sink">Whom send is about; null for all.</param>
internal sealed record ControlRequest(string Command, IReadOnlyList<long>? DeadLetters = null, string? Reason = null, string? Sink = null);
