namespace Sluice.Instruments.Recording;

/// <summary>One event that the flight recorder kept.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="Hook">Which hook saw it.</param>
/// <param name="Item">The message, item, result or epoch; kept as it is, so it shows what it has become since.</param>
/// <param name="Note">What else was said.</param>
/// <param name="Elapsed">How long it took, where that is known.</param>
/// <param name="Fault">The exception, if there was one.</param>
public readonly record struct FlightEntry(
    DateTimeOffset At, InstrumentHooks Hook, object? Item, string? Note, TimeSpan Elapsed, Exception? Fault);
