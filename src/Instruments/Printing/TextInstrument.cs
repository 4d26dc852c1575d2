using System.Runtime.CompilerServices;
using Sluice.Instruments.Events;

namespace Sluice.Instruments.Printing;

/// <summary>Tells every event in one line of text, payloads bounded and printable; a derived class says where to.</summary>
public abstract class TextInstrument : TubeInstrument
{
    /// <inheritdoc/>
    public override bool NeedsTiming => true;

    /// <summary>Whether lines are wanted now; while not, none is built.</summary>
    protected internal virtual bool IsOn => true;

    /// <inheritdoc/>
    public sealed override void OnQueuePut(in QueueEvent put) =>
        Tell($"[QUEUE-PUT] Item put in {put.Queue}: {put.Item}{(put.Immediate ? "" : " (waited for space)")}");

    /// <inheritdoc/>
    public sealed override void OnQueueGet(in QueueEvent get) =>
        Tell($"[QUEUE-GET] Item got from {get.Queue}: {get.Item}{(get.Immediate ? "" : " (waited for it)")}");

    /// <inheritdoc/>
    public sealed override void OnSocketConnectStart(in ConnectStarted connect) => Tell($"[CONNECT-START] Connecting to {Address.Of(connect.Target)}");

    /// <inheritdoc/>
    public sealed override void OnSocketConnectReady(in Connected connected) =>
        Tell($"[CONNECT] Connected to {Address.Of(connected.Target)} in {connected.FinishedAt - connected.StartedAt} via {Address.Of(connected.LocalEndPoint)}");

    /// <inheritdoc/>
    public sealed override void OnSocketAcceptStart(in AcceptStarted accept) =>
        Tell($"[ACCEPT-START] Waiting for a connection on {accept.Listener}{By(accept.Task)}");

    /// <inheritdoc/>
    public sealed override void OnSocketAcceptReady(in Accepted accepted) =>
        Tell($"[ACCEPT] Accepted {Address.Of(accepted.RemoteEndPoint)} on {accepted.Listener} after {accepted.FinishedAt - accepted.StartedAt}{By(accepted.Task)}");

    /// <inheritdoc/>
    public sealed override void OnSocketSendStart(in SocketWait wait) => Tell($"[SEND-START] Waiting to send on {wait.Socket}");

    /// <inheritdoc/>
    public sealed override void OnSocketSendReady(in SocketWait wait) => Tell($"[SEND-READY] Sent on {wait.Socket} after {wait.Waited}");

    /// <inheritdoc/>
    public sealed override void OnSocketSendData(in SocketBytes sent) =>
        Tell($"[SEND-DATA] Sent {sent.Count}/{sent.Data.Length} bytes: {new Payload(sent.Data)}");

    /// <inheritdoc/>
    public sealed override void OnSocketRecvStart(in SocketWait wait) => Tell($"[RECV-START] Waiting to receive on {wait.Socket}");

    /// <inheritdoc/>
    public sealed override void OnSocketRecvReady(in SocketWait wait) => Tell($"[RECV-READY] Ready to receive on {wait.Socket} after {wait.Waited}");

    /// <inheritdoc/>
    public sealed override void OnSocketRecvData(in SocketBytes received) =>
        Tell($"[RECV-DATA] Received {received.Count} bytes: {new Payload(received.Data)}");

    /// <inheritdoc/>
    public sealed override void OnTlsHandshakeComplete(in TlsHandshake handshake) =>
        Tell($"[TLS] Handshake complete in {handshake.FinishedAt - handshake.StartedAt}: {handshake.Version.ToString()}, {handshake.Cipher.ToString()}");

    /// <inheritdoc/>
    public sealed override void OnSocketClose(in SocketClosed closed) => Tell($"[CLOSE] Closed {closed.Socket}{Because(closed.Fault)}");

    /// <inheritdoc/>
    public sealed override void OnTaskBeforeSend(in TaskTurn turn) => Tell($"[TASK-SEND] {turn.Task} is given {turn.Message}");

    /// <inheritdoc/>
    public sealed override void OnTaskAfterSend(in TaskTurnEnded turn) =>
        Tell($"[TASK-SENT] {turn.Task} took {turn.Elapsed} for {turn.Message}: {turn.Next.ToString()}");

    /// <inheritdoc/>
    public sealed override void OnTaskBeforeThrow(in TaskFault fault) => Tell($"[TASK-THROW] {fault.Task} is given {Shown(fault.Fault)}");

    /// <inheritdoc/>
    public sealed override void OnTaskAfterThrow(in TaskFault fault) =>
        Tell($"[TASK-THROWN] {fault.Task} was given {Shown(fault.Fault)}: {fault.Next.ToString()}");

    /// <inheritdoc/>
    public sealed override void OnTaskCompleted(in TaskEnded ended) => Tell($"[TASK-COMPLETED] {ended.Task} is done: {ended.Result}");

    /// <inheritdoc/>
    public sealed override void OnTaskError(in TaskEnded ended) => Tell($"[TASK-ERROR] {ended.Task} failed{Because(ended.Fault)}");

    /// <inheritdoc/>
    public sealed override void OnTaskCancelled(in TaskEnded ended) => Tell($"[TASK-CANCELLED] {ended.Task} was cancelled");

    /// <inheritdoc/>
    public sealed override void OnRunStart(in RunStarted run) => Tell($"[RUN-START] {run.Tube} runs");

    /// <inheritdoc/>
    public sealed override void OnRunEnd(in RunEnded run) => Tell($"[RUN-END] {run.Tube} ran for {run.Elapsed}{Because(run.Fault)}");

    /// <inheritdoc/>
    public sealed override void OnEpochStart(in EpochEvent epoch) => Tell($"[EPOCH-START] {epoch.Tube}: epoch {epoch.Epoch}");

    /// <inheritdoc/>
    public sealed override void OnEpochEnd(in EpochEvent epoch) =>
        Tell($"[EPOCH-END] {epoch.Tube}: epoch {epoch.Epoch} took {epoch.Elapsed}{Because(epoch.Fault)}");

    /// <inheritdoc/>
    public sealed override void OnNodeRegistered(in NodeChanged node) => Tell($"[NODE-REGISTERED] {node.Node} in {node.Tube}");

    /// <inheritdoc/>
    public sealed override void OnNodeReady(in NodeTurn turn) => Tell($"[NODE-READY] {turn.Node} in epoch {turn.Epoch}");

    /// <inheritdoc/>
    public sealed override void OnNodeStart(in NodeTurn turn) => Tell($"[NODE-START] {turn.Node} in epoch {turn.Epoch}");

    /// <inheritdoc/>
    public sealed override void OnNodeFinish(in NodeTurn turn) => Tell($"[NODE-FINISH] {turn.Node} in epoch {turn.Epoch} took {turn.Elapsed}");

    /// <inheritdoc/>
    public sealed override void OnNodeEmitted(in NodeSignal emitted) =>
        Tell($"[NODE-EMITTED] {emitted.Node}.{emitted.Signal} in epoch {emitted.Epoch}: {emitted.Value}");

    /// <inheritdoc/>
    public sealed override void OnNodeNoEvent(in NodeSignal signal) =>
        Tell($"[NODE-NO-EVENT] {signal.Node}.{signal.Signal} in epoch {signal.Epoch}");

    /// <inheritdoc/>
    public sealed override void OnNodeError(in NodeTurn turn) => Tell($"[NODE-ERROR] {turn.Node} in epoch {turn.Epoch} failed{Because(turn.Fault)}");

    /// <inheritdoc/>
    public sealed override void OnNodeEnabled(in NodeChanged node) => Tell($"[NODE-ENABLED] {node.Node} in {node.Tube}");

    /// <inheritdoc/>
    public sealed override void OnNodeDisabled(in NodeChanged node) => Tell($"[NODE-DISABLED] {node.Node} in {node.Tube}");

    /// <inheritdoc/>
    public sealed override void OnNodeStalled(in NodeWaiting waiting) =>
        Tell($"[NODE-STALLED] {waiting.Node} in epoch {waiting.Epoch} waits for {waiting.Slot}");

    /// <inheritdoc/>
    public sealed override void OnAssetMade(in AssetEvent asset) => Tell($"[ASSET-MADE] {asset.Asset} ({asset.Scope}) of {asset.Owner}");

    /// <inheritdoc/>
    public sealed override void OnAssetReleased(in AssetEvent asset) => Tell($"[ASSET-RELEASED] {asset.Asset} ({asset.Scope}) of {asset.Owner}");

    /// <summary>Writes one line, without its end. Called by many threads at once.</summary>
    protected abstract void Write(string line);

    private static string By(IInstrumented? task) => task is null ? "" : $" by {task.Name}";

    private static string Because(Exception? fault) => fault is null ? "" : $": {Shown(fault)}";

    private static string Shown(Exception fault) => Preview.Of($"{fault.GetType().Name}: {fault.Message}");

    private void Tell([InterpolatedStringHandlerArgument("")] LineHandler line)
    {
        if (line.IsOn)
        {
            Write(line.ToStringAndClear());
        }
    }
}
