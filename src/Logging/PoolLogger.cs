using Microsoft.Extensions.Logging;

namespace Sluice.Logging;

/// <summary>The logger of one category.</summary>
internal sealed class PoolLogger(string category, bool isTaken, EntryQueue queue, Func<IExternalScopeProvider?> scopes, TimeProvider time) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => scopes()?.Push(state);

    public bool IsEnabled(LogLevel logLevel) => isTaken && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var entry = new LogEntry(time.GetUtcNow(), logLevel, category, eventId, exception);
        queue.Add(entry.ToItem(() => formatter(state, exception), state, scopes()));
    }
}
