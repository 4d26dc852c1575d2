using System.Diagnostics.Metrics;
using Sluice.Instruments.Events;
using Sluice.Instruments.Sockets;

namespace Sluice.Instruments.Metrics;

/// <summary>Measures what happens with <c>System.Diagnostics.Metrics</c>, under the meter <see cref="Telemetry.Name"/>.</summary>
/// <remarks>
/// Levels (queue depth, open sockets, assets) count from when the instrument became active. Of actors it counts every message, told once per run of
/// messages, and measures samples (<see cref="EventLoopInstrument.OnMessageSample"/>).
/// </remarks>
public sealed class MetricsInstrument : TubeInstrument, IDisposable
{
    private readonly SluiceMeter _meter = new();

    /// <inheritdoc/>
    public override bool NeedsTiming => true;

    /// <inheritdoc/>
    public override bool SamplesActors => true;

    /// <summary>This instrument's own meter, among those of the same name.</summary>
    internal Meter Meter => _meter.Meter;

    /// <inheritdoc/>
    public override void OnQueuePut(in QueueEvent put) => _meter.QueueDepth.Add(1, Attributes.Kind(put.Queue));

    /// <inheritdoc/>
    public override void OnQueueGet(in QueueEvent get)
    {
        _meter.QueueDepth.Add(-1, Attributes.Kind(get.Queue));
        _meter.QueueWait.Record(get.Waited.TotalSeconds, Attributes.Kind(get.Queue));
    }

    /// <inheritdoc/>
    public override void OnMailboxRun(in MailboxRun run)
    {
        var kind = Attributes.Kind(run.Actor);
        if (run.Put != run.Taken)
        {
            _meter.QueueDepth.Add(run.Put - run.Taken, kind);
        }

        if (run.Taken > 0)
        {
            _meter.Handled.Add(run.Taken, kind);
        }
    }

    /// <inheritdoc/>
    public override void OnMessageSample(in MessageSample sample)
    {
        var kind = Attributes.Kind(sample.Actor);
        _meter.QueueWait.Record(sample.Waited.TotalSeconds, kind);
        _meter.Messages.Record(sample.Elapsed.TotalSeconds, kind, Attributes.Message(sample.Message), Attributes.Next(sample.Next));
    }

    /// <inheritdoc/>
    public override void OnSocketConnectReady(in Connected connected)
    {
        _meter.OpenSockets.Add(1);
        _meter.Connects.Record((connected.FinishedAt - connected.StartedAt).TotalSeconds, Attributes.Server(connected.Target));
    }

    /// <inheritdoc/>
    public override void OnSocketAcceptReady(in Accepted accepted)
    {
        _meter.OpenSockets.Add(1);
        _meter.Accepted.Add(1);
    }

    /// <inheritdoc/>
    public override void OnSocketSendData(in SocketBytes sent) => _meter.Io.Add(sent.Count, Attributes.Direction("transmit"));

    /// <inheritdoc/>
    public override void OnSocketRecvData(in SocketBytes received) => _meter.Io.Add(received.Count, Attributes.Direction("receive"));

    /// <inheritdoc/>
    public override void OnTlsHandshakeComplete(in TlsHandshake handshake) => _meter.Handshakes.Record(
        (handshake.FinishedAt - handshake.StartedAt).TotalSeconds,
        Attributes.TlsVersion(handshake.Version),
        new("tls.cipher", handshake.Cipher.ToString()),
        new("sluice.tls.role", handshake.IsServer ? "server" : "client"));

    /// <inheritdoc/>
    public override void OnSocketClose(in SocketClosed closed)
    {
        if (closed.Socket is SocketIdentity { LocalEndPoint: not null })
        {
            _meter.OpenSockets.Add(-1);
        }

        if (closed.Fault is not null)
        {
            _meter.SocketErrors.Add(1, Attributes.Error(closed.Fault));
        }
    }

    /// <inheritdoc/>
    public override void OnTaskAfterSend(in TaskTurnEnded turn) => _meter.Messages.Record(
        turn.Elapsed.TotalSeconds,
        Attributes.Kind(turn.Task),
        Attributes.Message(turn.Message),
        Attributes.Next(turn.Next));

    /// <inheritdoc/>
    public override void OnTaskBeforeThrow(in TaskFault fault) => _meter.Faults.Add(1, Attributes.Kind(fault.Task), Attributes.Error(fault.Fault));

    /// <inheritdoc/>
    public override void OnTaskCompleted(in TaskEnded ended) => Ended(in ended, "completed");

    /// <inheritdoc/>
    public override void OnTaskError(in TaskEnded ended) => Ended(in ended, "failed");

    /// <inheritdoc/>
    public override void OnTaskCancelled(in TaskEnded ended) => Ended(in ended, "cancelled");

    /// <inheritdoc/>
    public override void OnRunEnd(in RunEnded run) =>
        _meter.Runs.Record(run.Elapsed.TotalSeconds, Attributes.Tube(run.Tube), Attributes.Error(run.Fault));

    /// <inheritdoc/>
    public override void OnEpochEnd(in EpochEvent epoch) =>
        _meter.Epochs.Record(epoch.Elapsed.TotalSeconds, Attributes.Tube(epoch.Tube), Attributes.Error(epoch.Fault));

    /// <inheritdoc/>
    public override void OnNodeFinish(in NodeTurn turn) => _meter.Nodes.Record(
        turn.Elapsed.TotalSeconds, Attributes.Tube(turn.Tube), Attributes.Node(turn.Node), Attributes.Error(turn.Fault));

    /// <inheritdoc/>
    public override void OnNodeEmitted(in NodeSignal emitted) =>
        _meter.Events.Add(1, Attributes.Tube(emitted.Tube), Attributes.Node(emitted.Node), Attributes.Signal(emitted.Signal));

    /// <inheritdoc/>
    public override void OnNodeNoEvent(in NodeSignal signal) =>
        _meter.NoEvents.Add(1, Attributes.Tube(signal.Tube), Attributes.Node(signal.Node), Attributes.Signal(signal.Signal));

    /// <inheritdoc/>
    public override void OnNodeStalled(in NodeWaiting waiting) =>
        _meter.Stalls.Add(1, Attributes.Tube(waiting.Tube), Attributes.Node(waiting.Node));

    /// <inheritdoc/>
    public override void OnAssetMade(in AssetEvent asset) => _meter.Assets.Add(1, new KeyValuePair<string, object?>("sluice.asset.scope", asset.Scope));

    /// <inheritdoc/>
    public override void OnAssetReleased(in AssetEvent asset) => _meter.Assets.Add(-1, new KeyValuePair<string, object?>("sluice.asset.scope", asset.Scope));

    /// <summary>Ends the measuring; end the scope first.</summary>
    public void Dispose() => _meter.Dispose();

    private void Ended(in TaskEnded ended, string outcome) =>
        _meter.TasksEnded.Add(1, Attributes.Kind(ended.Task), Attributes.Outcome(outcome), Attributes.Error(ended.Fault));
}
