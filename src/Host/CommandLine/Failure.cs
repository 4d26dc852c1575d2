using System.Diagnostics;
using Sluice.Actors.Pools;
using Sluice.Cluster.Transport;
using Sluice.Exporters.Sinks;
using Sluice.Hocon;
using Sluice.Journal.Errors;
using Sluice.Kernel.Actor;
using Sluice.Tubes.Errors;

namespace Sluice.Host.CommandLine;

/// <summary>Says in one sentence what went wrong. A stack trace is for faults of Sluice itself, and only when asked for.</summary>
internal static class Failure
{
    /// <summary>With this environment variable set, unforeseen faults come with their stack trace.</summary>
    public const string DebugVariable = "SLUICE_DEBUG";

    public static string Describe(Exception fault) => fault switch
    {
        TubeException or ConfigException or JournalException or SinkSettingsException or InvalidConfigException or SendRefusedException or IOException
            or ConfigurationException or JoinRefusedException or TransportException or UnauthorizedAccessException => OneLine(fault.Message),
        OperationCanceledException => "stopped before it was done.",
        _ when Environment.GetEnvironmentVariable(DebugVariable) is { Length: > 0 } => fault.ToString(),
        _ => $"{OneLine(fault.Message)} ({fault.GetType().Name}{Place(fault)}; {DebugVariable}=1 shows the stack trace)",
    };

    private static string OneLine(string message) => string.Join(' ', message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static string Place(Exception fault)
    {
        var frame = new StackTrace(fault, fNeedFileInfo: true).GetFrames().FirstOrDefault(frame => frame.GetFileName() is not null);
        return frame is null ? "" : $" at {Path.GetFileName(frame.GetFileName())}:{frame.GetFileLineNumber()}";
    }
}
