using Microsoft.Extensions.Logging;

namespace Sluice.Exporters.Lifecycle;

/// <summary>Logs each cause once, whatever the number of times and of copies that meet it. Two faults of one type and message have one cause.</summary>
internal sealed partial class FaultLog(ILogger log)
{
    private const int MaxCauses = 100;

    private readonly Lock _gate = new();
    private readonly HashSet<(Type Type, string Message)> _causes = [];

    public void Report(Exception fault, string exporter, string doing)
    {
        if (IsNew(fault, out var isLast))
        {
            LogFault(log, fault, exporter, doing);
            if (isLast)
            {
                LogTooMany(log, exporter, MaxCauses);
            }
        }
    }

    private bool IsNew(Exception fault, out bool isLast)
    {
        lock (_gate)
        {
            var added = _causes.Count < MaxCauses && _causes.Add((fault.GetType(), fault.Message));
            isLast = added && _causes.Count == MaxCauses;
            return added;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Exporter '{Exporter}' failed while {Doing}; the same fault is counted from now on and not logged again")]
    private static partial void LogFault(ILogger log, Exception fault, string exporter, string doing);

    [LoggerMessage(Level = LogLevel.Error, Message = "Exporter '{Exporter}' has failed in {Causes} different ways; further ones are only counted")]
    private static partial void LogTooMany(ILogger log, string exporter, int causes);
}
