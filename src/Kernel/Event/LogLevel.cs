namespace Sluice.Kernel.Event;

/// <summary>How important a log event is.</summary>
public enum LogLevel
{
    /// <summary>For those who look for a fault.</summary>
    DebugLevel,

    /// <summary>The normal course of things.</summary>
    InfoLevel,

    /// <summary>Something to look into.</summary>
    WarningLevel,

    /// <summary>Something failed.</summary>
    ErrorLevel,
}
