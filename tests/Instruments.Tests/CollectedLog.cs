using Microsoft.Extensions.Logging;

namespace Sluice.Instruments.Tests;

internal sealed class CollectedLog : ILogger
{
    public List<(LogLevel Level, string Text, Exception? Fault)> Lines { get; } = [];

    public bool Broken { get; init; }

    public LogLevel Lowest { get; init; } = LogLevel.Trace;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= Lowest;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (Broken)
        {
            throw new InvalidOperationException("the log is broken");
        }

        Lines.Add((logLevel, formatter(state, exception), exception));
    }
}
