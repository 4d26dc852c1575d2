using Microsoft.Extensions.Logging;

namespace Sluice.Instruments.Printing;

/// <summary>Logs every event as a line at debug level; builds no line while that level is off.</summary>
public sealed partial class LogInstrument(ILogger logger) : TextInstrument
{
    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    protected internal override bool IsOn => _logger.IsEnabled(LogLevel.Debug);

    /// <inheritdoc/>
    protected override void Write(string line) => LogLine(line);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Line}")]
    private partial void LogLine(string line);
}
