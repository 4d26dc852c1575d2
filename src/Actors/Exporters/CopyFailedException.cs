namespace Sluice.Actors.Exporters;

/// <summary>An isolated copy failed on an event; it starts again with fresh state, without that event.</summary>
/// <param name="copy">The copy's name.</param>
/// <param name="context">The run that it observes.</param>
internal sealed class CopyFailedException(string copy, string context)
    : Exception($"'{copy}' failed on an event of '{context}'; its log has the cause. It starts again without that event.");
