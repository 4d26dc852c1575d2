using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Sluice.Exporters.Tests;

/// <summary>Keeps what was logged.</summary>
internal sealed class RecordingLog : ILoggerFactory, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text, Exception? Fault)> Lines { get; } = [];

    public IEnumerable<string> Warnings => Lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Text);

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, formatter(state, exception), exception));

    public void Dispose()
    {
    }
}
