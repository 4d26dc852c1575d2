namespace Sluice.Kernel.Event;

/// <summary>Logs for one source; see <see cref="LoggingExtensions"/> for the usual methods.</summary>
public interface ILoggingAdapter
{
    /// <summary>Whether anybody gets to see debug events.</summary>
    bool IsDebugEnabled { get; }

    /// <summary>Whether anybody gets to see information.</summary>
    bool IsInfoEnabled { get; }

    /// <summary>Whether anybody gets to see warnings.</summary>
    bool IsWarningEnabled { get; }

    /// <summary>Whether anybody gets to see errors.</summary>
    bool IsErrorEnabled { get; }

    /// <summary>Whether anybody gets to see events of that importance.</summary>
    bool IsEnabled(LogLevel logLevel);

    /// <summary>Logs; the message is made into text only when somebody reads it.</summary>
    void Log(LogLevel logLevel, Exception? cause, object message);
}
