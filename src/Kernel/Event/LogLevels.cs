using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Event;

internal static class LogLevels
{
    public const LogLevel Off = LogLevel.ErrorLevel + 1;

    public static LogLevel Parse(string text) => text.ToUpperInvariant() switch
    {
        "DEBUG" => LogLevel.DebugLevel,
        "INFO" => LogLevel.InfoLevel,
        "WARNING" => LogLevel.WarningLevel,
        "ERROR" => LogLevel.ErrorLevel,
        "OFF" or "FALSE" => Off,
        _ => throw new ConfigurationException(
            $"{KernelSettings.Root}.loglevel is '{text}': give one of DEBUG, INFO, WARNING, ERROR, OFF."),
    };
}
