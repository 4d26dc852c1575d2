namespace Sluice.Actors.Exporters;

/// <summary>The run that a copy observed has failed.</summary>
/// <param name="message">Why.</param>
internal sealed class RunFailedException(string message) : Exception(message);
