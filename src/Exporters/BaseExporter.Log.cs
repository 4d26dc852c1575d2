using Microsoft.Extensions.Logging;

namespace Sluice.Exporters;

public abstract partial class BaseExporter
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Exporter '{Exporter}' does not run: its context '{Context}' has no event stream")]
    private partial void LogNoEvents(string exporter, string context);

    [LoggerMessage(Level = LogLevel.Error, Message = "Exporter '{Exporter}': the event stream of '{Context}' has failed")]
    private partial void LogStreamFailed(Exception fault, string exporter, string context);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Exporter '{Exporter}': the event stream of '{Context}' has ended")]
    private partial void LogStreamEnded(string exporter, string context);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Exporter '{Exporter}': {Tasks} background tasks still run after {Timeout}; they finish by themselves")]
    private partial void LogStillRunning(string exporter, int tasks, TimeSpan timeout);
}
