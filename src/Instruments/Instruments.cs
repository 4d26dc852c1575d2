using Microsoft.Extensions.Logging;

namespace Sluice.Instruments;

/// <summary>Where instruments are activated and asked for.</summary>
/// <remarks>
/// Inside <c>Sluice.*</c> the simple name means the namespace: write <see cref="EventLoopInstrument.Enter"/> and
/// <see cref="InstrumentScope.Active"/> there.
/// </remarks>
public static class Instruments
{
    /// <inheritdoc cref="InstrumentScope.Current"/>
    public static EventLoopInstrument Current => InstrumentScope.Current;

    /// <inheritdoc cref="InstrumentScope.Active"/>
    public static CompositeInstrument? Active => InstrumentScope.Active;

    /// <summary>Who is told that an instrument threw and was disabled; standard error while null.</summary>
    public static ILogger? Logger { get; set; }

    /// <summary>Same as <see cref="EventLoopInstrument.Enter"/>.</summary>
    public static InstrumentScope Push(EventLoopInstrument instrument) => InstrumentScope.Enter(instrument);
}
