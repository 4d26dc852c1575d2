using Microsoft.Extensions.Logging;

namespace Sluice.Exporters.Sinks.Files;

internal sealed partial class FileSink
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Sink '{Sink}': cut {Bytes} bytes of a torn last line off {Path}; its item was never called delivered and comes again")]
    private partial void LogCut(string sink, long bytes, string path);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sink '{Sink}': deleted {Path}, the oldest of more than {MaxFiles} full files")]
    private partial void LogDeleted(string sink, string path, int maxFiles);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sink '{Sink}': {Path} could not be synced; a power cut now may lose delivered items")]
    private partial void LogNotSynced(Exception fault, string sink, string path);
}
