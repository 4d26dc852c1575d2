namespace Sluice.Kernel.Event;

/// <summary>Something to be logged, published on the event stream.</summary>
public abstract class LogEvent(Exception? cause, string logSource, Type logClass, object message)
{
    /// <summary>When, in UTC.</summary>
    public DateTimeOffset Timestamp { get; } = TimeProvider.System.GetUtcNow();

    /// <summary>The failure it is about.</summary>
    public Exception? Cause { get; } = cause;

    /// <summary>Who says it; for an actor its path.</summary>
    public string LogSource { get; } = logSource;

    /// <summary>The class that says it.</summary>
    public Type LogClass { get; } = logClass;

    /// <summary>What it says; made into text only when somebody reads it.</summary>
    public object Message { get; } = message;

    /// <summary>How important it is.</summary>
    public abstract LogLevel LogLevel();

    /// <inheritdoc/>
    public override string ToString() =>
        $"[{LogLevel().ToString().Replace("Level", "", StringComparison.Ordinal).ToUpperInvariant()}][{Timestamp:O}][{LogSource}] {Message}"
        + (Cause is null ? "" : $"{Environment.NewLine}Cause: {Cause}");
}

/// <summary>Something failed.</summary>
public sealed class Error(Exception? cause, string logSource, Type logClass, object message) : LogEvent(cause, logSource, logClass, message)
{
    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;
}

/// <summary>Something to look into.</summary>
public sealed class Warning(Exception? cause, string logSource, Type logClass, object message) : LogEvent(cause, logSource, logClass, message)
{
    /// <summary>Without a failure.</summary>
    public Warning(string logSource, Type logClass, object message)
        : this(null, logSource, logClass, message)
    {
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;
}

/// <summary>The normal course of things.</summary>
public sealed class Info(Exception? cause, string logSource, Type logClass, object message) : LogEvent(cause, logSource, logClass, message)
{
    /// <summary>Without a failure.</summary>
    public Info(string logSource, Type logClass, object message)
        : this(null, logSource, logClass, message)
    {
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;
}

/// <summary>For those who look for a fault.</summary>
public sealed class Debug(Exception? cause, string logSource, Type logClass, object message) : LogEvent(cause, logSource, logClass, message)
{
    /// <summary>Without a failure.</summary>
    public Debug(string logSource, Type logClass, object message)
        : this(null, logSource, logClass, message)
    {
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}
