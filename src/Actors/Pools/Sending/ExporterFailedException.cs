namespace Sluice.Actors.Pools.Sending;

/// <summary>An exporter cannot go on; its pool starts it again after a pause, and it takes up where the journal says.</summary>
/// <param name="exporter">The exporter.</param>
/// <param name="cause">What was thrown.</param>
internal sealed class ExporterFailedException(string exporter, Exception cause)
    : Exception($"Exporter '{exporter}' cannot read what it is owed: {cause.Message}", cause);
