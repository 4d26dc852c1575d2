namespace Sluice.Kernel.Event;

/// <summary>Logging with a format such as <c>"Sent {0} of {1}"</c>.</summary>
public static class LoggingExtensions
{
    /// <summary>Logs at debug level.</summary>
    public static void Debug(this ILoggingAdapter log, string format, params object?[] args) => Write(log, LogLevel.DebugLevel, null, format, args);

    /// <summary>Logs at debug level.</summary>
    public static void Debug(this ILoggingAdapter log, Exception cause, string format, params object?[] args) =>
        Write(log, LogLevel.DebugLevel, cause, format, args);

    /// <summary>Logs at information level.</summary>
    public static void Info(this ILoggingAdapter log, string format, params object?[] args) => Write(log, LogLevel.InfoLevel, null, format, args);

    /// <summary>Logs at information level.</summary>
    public static void Info(this ILoggingAdapter log, Exception cause, string format, params object?[] args) =>
        Write(log, LogLevel.InfoLevel, cause, format, args);

    /// <summary>Logs at warning level.</summary>
    public static void Warning(this ILoggingAdapter log, string format, params object?[] args) =>
        Write(log, LogLevel.WarningLevel, null, format, args);

    /// <summary>Logs at warning level.</summary>
    public static void Warning(this ILoggingAdapter log, Exception cause, string format, params object?[] args) =>
        Write(log, LogLevel.WarningLevel, cause, format, args);

    /// <summary>Logs at error level.</summary>
    public static void Error(this ILoggingAdapter log, string format, params object?[] args) => Write(log, LogLevel.ErrorLevel, null, format, args);

    /// <summary>Logs at error level.</summary>
    public static void Error(this ILoggingAdapter log, Exception cause, string format, params object?[] args) =>
        Write(log, LogLevel.ErrorLevel, cause, format, args);

    private static void Write(ILoggingAdapter log, LogLevel level, Exception? cause, string format, object?[] args)
    {
        if (log.IsEnabled(level))
        {
            log.Log(level, cause, args.Length == 0 ? format : new LogMessage(format, args));
        }
    }
}
