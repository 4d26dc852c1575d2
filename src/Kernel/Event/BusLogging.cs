namespace Sluice.Kernel.Event;

/// <summary>Publishes log events on an event stream.</summary>
internal sealed class BusLogging(EventStream bus, string source, Type type) : ILoggingAdapter
{
    public bool IsDebugEnabled => IsEnabled(LogLevel.DebugLevel);

    public bool IsInfoEnabled => IsEnabled(LogLevel.InfoLevel);

    public bool IsWarningEnabled => IsEnabled(LogLevel.WarningLevel);

    public bool IsErrorEnabled => IsEnabled(LogLevel.ErrorLevel);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= bus.LogLevel;

    public void Log(LogLevel logLevel, Exception? cause, object message)
    {
        if (IsEnabled(logLevel))
        {
            bus.Publish(NewEvent(logLevel, cause, message));
        }
    }

    private LogEvent NewEvent(LogLevel logLevel, Exception? cause, object message) => logLevel switch
    {
        LogLevel.DebugLevel => new Debug(cause, source, type, message),
        LogLevel.InfoLevel => new Info(cause, source, type, message),
        LogLevel.WarningLevel => new Warning(cause, source, type, message),
        _ => new Error(cause, source, type, message),
    };
}
