namespace Sluice.Actors.Exporters;

/// <summary>An exporter's sink did not take events; they are lost and counted, and the next ones are tried.</summary>
/// <param name="exporter">The exporter.</param>
/// <param name="events">How many.</param>
/// <param name="attempts">How often they were tried.</param>
/// <param name="reason">What the sink said.</param>
internal sealed class EventsLostException(string exporter, int events, int attempts, string? reason)
    : Exception($"The exporter '{exporter}' has lost {events} events after {attempts} attempts: {reason} Use a pool for what must not be lost.");
