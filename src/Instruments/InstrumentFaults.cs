using Microsoft.Extensions.Logging;

namespace Sluice.Instruments;

/// <summary>Says that an instrument was disabled, without ever harming the thread that it happened on.</summary>
internal static partial class InstrumentFaults
{
    public static void Report(EventLoopInstrument instrument, Exception fault)
    {
        try
        {
            if (Instruments.Logger is { } logger)
            {
                LogDisabled(logger, instrument.GetType().Name, fault);
            }
            else
            {
                Console.Error.WriteLine($"warning: {instrument.GetType().Name} threw and is disabled from now on: {fault}");
            }
        }
        catch (Exception)
        {
            // A logger that throws must not fail what the instrument watched either; the instrument keeps its fault to be asked for.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Instrument} threw and is disabled from now on; what it watched goes on.")]
    private static partial void LogDisabled(ILogger logger, string instrument, Exception fault);
}
