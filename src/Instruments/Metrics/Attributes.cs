using System.Diagnostics;
using System.Net;
using System.Security.Authentication;
using Sluice.Instruments.Events;

namespace Sluice.Instruments.Metrics;

/// <summary>The attributes of metrics and spans, each with few values: classes and configured names, never paths or payloads.</summary>
internal static class Attributes
{
    public static KeyValuePair<string, object?> Kind(IInstrumented source) => new("sluice.source.kind", source.Kind);

    public static KeyValuePair<string, object?> Tube(IInstrumented tube) => new("sluice.tube.name", tube.Name);

    public static KeyValuePair<string, object?> Node(IInstrumented node) => new("sluice.node.id", node.Name);

    public static KeyValuePair<string, object?> Signal(string signal) => new("sluice.node.signal", signal);

    public static KeyValuePair<string, object?> Message(object? message) => new("sluice.message.type", message?.GetType().Name ?? "none");

    public static KeyValuePair<string, object?> Next(TaskNext next) => new("sluice.message.next", NameOf(next));

    public static KeyValuePair<string, object?> Outcome(string outcome) => new("sluice.task.outcome", outcome);

    public static KeyValuePair<string, object?> Direction(string direction) => new("network.io.direction", direction);

    public static KeyValuePair<string, object?> Server(EndPoint target) => new("server.address", target switch
    {
        DnsEndPoint dns => dns.Host,
        IPEndPoint ip => ip.Address.ToString(),
        _ => target.ToString(),
    });

    public static KeyValuePair<string, object?> TlsVersion(SslProtocols version) => new("tls.protocol.version", version switch
    {
        SslProtocols.Tls12 => "1.2",
        SslProtocols.Tls13 => "1.3",
        _ => version.ToString(),
    });

    /// <summary>OpenTelemetry: the class of the error; <c>none</c> for success, so that a series has one shape.</summary>
    public static KeyValuePair<string, object?> Error(Exception? fault) => new("error.type", fault?.GetType().FullName ?? "none");

    // An enum's ToString would allocate per message.
    private static string NameOf(TaskNext next) => next switch
    {
        TaskNext.Waits => "waits",
        TaskNext.Yields => "yields",
        TaskNext.Unhandled => "unhandled",
        TaskNext.Stashed => "stashed",
        TaskNext.Failed => "failed",
        TaskNext.Resumed => "resumed",
        TaskNext.Restarted => "restarted",
        TaskNext.Stopped => "stopped",
        TaskNext.Escalated => "escalated",
        TaskNext.Completed => "completed",
        TaskNext.Undecided => "undecided",
        _ => throw new UnreachableException($"TaskNext {(int)next}"),
    };
}
