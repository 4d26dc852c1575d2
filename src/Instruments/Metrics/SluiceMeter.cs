using System.Diagnostics.Metrics;

namespace Sluice.Instruments.Metrics;

/// <summary>The meters themselves: names, units, buckets. Names follow OpenTelemetry's conventions.</summary>
internal sealed class SluiceMeter : IDisposable
{
    // From what a message handler takes to what a bulk load takes.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries =
            [0.000_001, 0.000_01, 0.000_1, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600],
    };

    private readonly Meter _meter = new(Telemetry.Name, Telemetry.Version);

    public SluiceMeter()
    {
        QueueDepth = Level("sluice.queue.depth", "{item}", "Items in queues and mailboxes.");
        QueueWait = Duration("sluice.queue.wait.duration", "How long items lay in a queue or mailbox.");
        Handled = Count("sluice.message.count", "{message}", "Messages that left the mailboxes of actors.");
        Messages = Duration("sluice.message.duration", "How long actors took to handle a message, and tasks for a turn.");
        Faults = Count("sluice.task.faults", "{fault}", "Faults given to actors and tasks by their supervisors.");
        TasksEnded = Count("sluice.task.ended", "{task}", "Actors and tasks that ended.");
        Io = Count("sluice.socket.io", "By", "Bytes that sockets sent and received.");
        Connects = Duration("sluice.socket.connect.duration", "How long it took to connect.");
        Accepted = Count("sluice.socket.accepted", "{connection}", "Connections accepted.");
        OpenSockets = Level("sluice.socket.open", "{connection}", "Connections open.");
        SocketErrors = Count("sluice.socket.errors", "{connection}", "Connects, handshakes and connections that failed.");
        Handshakes = Duration("sluice.tls.handshake.duration", "How long TLS handshakes took.");
        Runs = Duration("sluice.tube.run.duration", "How long runs of a tube took.");
        Epochs = Duration("sluice.tube.epoch.duration", "How long epochs took.");
        Nodes = Duration("sluice.node.duration", "How long a node's code took for an epoch.");
        Events = Count("sluice.node.events", "{event}", "Events that nodes emitted.");
        NoEvents = Count("sluice.node.no_events", "{event}", "Times a node had no event for a signal.");
        Stalls = Count("sluice.node.stalls", "{stall}", "Times a node waited for a slot that nothing filled.");
        Assets = Level("sluice.asset.count", "{asset}", "Assets that exist.");
    }

    public Meter Meter => _meter;

    public UpDownCounter<long> QueueDepth { get; }

    public Histogram<double> QueueWait { get; }

    public Counter<long> Handled { get; }

    public Histogram<double> Messages { get; }

    public Counter<long> Faults { get; }

    public Counter<long> TasksEnded { get; }

    public Counter<long> Io { get; }

    public Histogram<double> Connects { get; }

    public Counter<long> Accepted { get; }

    public UpDownCounter<long> OpenSockets { get; }

    public Counter<long> SocketErrors { get; }

    public Histogram<double> Handshakes { get; }

    public Histogram<double> Runs { get; }

    public Histogram<double> Epochs { get; }

    public Histogram<double> Nodes { get; }

    public Counter<long> Events { get; }

    public Counter<long> NoEvents { get; }

    public Counter<long> Stalls { get; }

    public UpDownCounter<long> Assets { get; }

    public void Dispose() => _meter.Dispose();

    private Histogram<double> Duration(string name, string description) =>
        _meter.CreateHistogram(name, "s", description, tags: null, Seconds);

    private Counter<long> Count(string name, string unit, string description) => _meter.CreateCounter<long>(name, unit, description);

    private UpDownCounter<long> Level(string name, string unit, string description) =>
        _meter.CreateUpDownCounter<long>(name, unit, description);
}
