using Sluice.Instruments;
using Sluice.Instruments.Events;

namespace Sluice.Actors.Instruments;

/// <summary>
/// Sees what happens to actors, and to the queues, sockets, tasks and tubes that they start, and keeps it in a bounded buffer for one subscriber. Never waits: what finds no room is dropped and counted.
/// </summary>
internal sealed class EventTap : TubeInstrument
{
    private readonly EventBuffer _buffer;
    private readonly HashSet<string> _messageTypes;
    private readonly int _oneIn;
    private readonly TimeProvider _time;
    private readonly Action _waits;
    private long _passed;
    private int _isTold;

    /// <param name="hooks">What is seen.</param>
    /// <param name="messageTypes">Simple names of the messages' classes; empty for all.</param>
    /// <param name="oneIn">One of so many is kept.</param>
    /// <param name="limit">How many are kept at most.</param>
    /// <param name="time">Times the events.</param>
    /// <param name="waits">Called once when something waits, until <see cref="Listen"/>.</param>
    public EventTap(InstrumentHooks hooks, IEnumerable<string> messageTypes, int oneIn, int limit, TimeProvider time, Action waits)
        : base(hooks)
    {
        (_messageTypes, _oneIn, _time, _waits) = ([.. messageTypes], oneIn, time, waits);
        _buffer = new EventBuffer(limit);
    }

    /// <summary>What will be dropped need not be timed. A message that was put while there was no room, and is handled when there is, has waited zero.</summary>
    public override bool NeedsTiming => !_buffer.IsFull;

    /// <summary>The one actor that it tells is not watched by it.</summary>
    public override bool IsSelfContained => true;

    /// <summary>Events dropped so far.</summary>
    public long Dropped => _buffer.Dropped;

    /// <summary>Takes the next event; its room is free after <see cref="EventBuffer.Release"/>.</summary>
    public bool TryTake(out TappedEvent seen) => _buffer.TryTake(out seen);

    /// <summary>Gives the room of taken events back.</summary>
    public void Release(int taken) => _buffer.Release(taken);

    /// <summary>Has the next event call; look once more after it, as one may have come just before.</summary>
    public void Listen() => Interlocked.Exchange(ref _isTold, 0);

    public override void OnQueuePut(in QueueEvent put)
    {
        if (Passes(put.Item.Type))
        {
            Keep(InstrumentHooks.QueuePut, put.Queue, put.Item.Value);
        }
    }

    public override void OnQueueGet(in QueueEvent get)
    {
        if (Passes(get.Item.Type))
        {
            Keep(InstrumentHooks.QueueGet, get.Queue, get.Item.Value, get.Waited);
        }
    }

    public override void OnTaskBeforeSend(in TaskTurn turn)
    {
        if (Passes(turn.Message?.GetType()))
        {
            Keep(InstrumentHooks.TaskBeforeSend, turn.Task, turn.Message);
        }
    }

    public override void OnTaskAfterSend(in TaskTurnEnded turn)
    {
        if (Passes(turn.Message?.GetType()))
        {
            Keep(InstrumentHooks.TaskAfterSend, turn.Task, turn.Message, turn.Elapsed, turn.Next);
        }
    }

    public override void OnTaskBeforeThrow(in TaskFault fault) => Faulted(InstrumentHooks.TaskBeforeThrow, in fault);

    public override void OnTaskAfterThrow(in TaskFault fault) => Faulted(InstrumentHooks.TaskAfterThrow, in fault);

    public override void OnTaskCompleted(in TaskEnded ended) => Ended(InstrumentHooks.TaskCompleted, in ended);

    public override void OnTaskError(in TaskEnded ended) => Ended(InstrumentHooks.TaskError, in ended);

    public override void OnTaskCancelled(in TaskEnded ended) => Ended(InstrumentHooks.TaskCancelled, in ended);

    public override void OnMailboxRun(in MailboxRun run)
    {
        if (Passes(typeof(string)))
        {
            Keep(InstrumentHooks.MailboxRun, run.Actor, $"{run.Put} put, {run.Taken} taken, {run.Waiting} waiting");
        }
    }

    public override void OnMessageSample(in MessageSample sample)
    {
        if (Passes(sample.Message.GetType()))
        {
            Keep(InstrumentHooks.MessageSample, sample.Actor, sample.Message, sample.Waited + sample.Elapsed, sample.Next);
        }
    }

    public override void OnSocketConnectStart(in ConnectStarted connect) => About(InstrumentHooks.SocketConnectStart, connect.Socket);

    public override void OnSocketConnectReady(in Connected connected) =>
        About(InstrumentHooks.SocketConnectReady, connected.Socket, elapsed: connected.FinishedAt - connected.StartedAt);

    public override void OnSocketAcceptStart(in AcceptStarted accept) => About(InstrumentHooks.SocketAcceptStart, accept.Listener);

    public override void OnSocketAcceptReady(in Accepted accepted) =>
        About(InstrumentHooks.SocketAcceptReady, accepted.Socket, elapsed: accepted.FinishedAt - accepted.StartedAt);

    public override void OnSocketSendStart(in SocketWait wait) => About(InstrumentHooks.SocketSendStart, wait.Socket);

    public override void OnSocketSendReady(in SocketWait wait) => About(InstrumentHooks.SocketSendReady, wait.Socket, elapsed: wait.Waited);

    public override void OnSocketSendData(in SocketBytes sent) => About(InstrumentHooks.SocketSendData, sent.Socket, sent.Count);

    public override void OnSocketRecvStart(in SocketWait wait) => About(InstrumentHooks.SocketRecvStart, wait.Socket);

    public override void OnSocketRecvReady(in SocketWait wait) => About(InstrumentHooks.SocketRecvReady, wait.Socket, elapsed: wait.Waited);

    public override void OnSocketRecvData(in SocketBytes received) => About(InstrumentHooks.SocketRecvData, received.Socket, received.Count);

    public override void OnTlsHandshakeComplete(in TlsHandshake handshake) => About(
        InstrumentHooks.TlsHandshakeComplete, handshake.Socket, $"{handshake.Version} {handshake.Cipher}", handshake.FinishedAt - handshake.StartedAt);

    public override void OnSocketClose(in SocketClosed closed) => About(InstrumentHooks.SocketClose, closed.Socket, fault: closed.Fault);

    public override void OnRunStart(in RunStarted run) => About(InstrumentHooks.RunStart, run.Tube);

    public override void OnRunEnd(in RunEnded run) => About(InstrumentHooks.RunEnd, run.Tube, null, run.Elapsed, run.Fault);

    public override void OnEpochStart(in EpochEvent epoch) => About(InstrumentHooks.EpochStart, epoch.Tube, epoch: epoch.Epoch);

    public override void OnEpochEnd(in EpochEvent epoch) =>
        About(InstrumentHooks.EpochEnd, epoch.Tube, null, epoch.Elapsed, epoch.Fault, epoch.Epoch);

    public override void OnNodeRegistered(in NodeChanged node) => About(InstrumentHooks.NodeRegistered, node.Node);

    public override void OnNodeReady(in NodeTurn turn) => About(InstrumentHooks.NodeReady, turn.Node, epoch: turn.Epoch);

    public override void OnNodeStart(in NodeTurn turn) => About(InstrumentHooks.NodeStart, turn.Node, epoch: turn.Epoch);

    public override void OnNodeFinish(in NodeTurn turn) => About(InstrumentHooks.NodeFinish, turn.Node, null, turn.Elapsed, turn.Fault, turn.Epoch);

    public override void OnNodeCalls(in NodeCalls calls)
    {
        if (Passes(typeof(string)))
        {
            Keep(InstrumentHooks.NodeCalls, calls.Tube, $"{calls.Total} calls");
        }
    }

    public override void OnNodeEmitted(in NodeSignal emitted) =>
        About(InstrumentHooks.NodeEmitted, emitted.Node, emitted.Value.Value, epoch: emitted.Epoch);

    public override void OnNodeNoEvent(in NodeSignal signal) => About(InstrumentHooks.NodeNoEvent, signal.Node, signal.Signal, epoch: signal.Epoch);

    public override void OnNodeError(in NodeTurn turn) => About(InstrumentHooks.NodeError, turn.Node, fault: turn.Fault, epoch: turn.Epoch);

    public override void OnNodeEnabled(in NodeChanged node) => About(InstrumentHooks.NodeEnabled, node.Node);

    public override void OnNodeDisabled(in NodeChanged node) => About(InstrumentHooks.NodeDisabled, node.Node);

    public override void OnNodeStalled(in NodeWaiting waiting) => About(InstrumentHooks.NodeStalled, waiting.Node, waiting.Slot, epoch: waiting.Epoch);

    public override void OnAssetMade(in AssetEvent asset) => About(InstrumentHooks.AssetMade, asset.Owner, asset.Asset);

    public override void OnAssetReleased(in AssetEvent asset) => About(InstrumentHooks.AssetReleased, asset.Owner, asset.Asset);

    private void About(
        InstrumentHooks hook, IInstrumented source, object? what = null, TimeSpan elapsed = default, Exception? fault = null, ItemView epoch = default)
    {
        if (Passes(what?.GetType()))
        {
            Keep(hook, source, what, elapsed, fault: fault, epoch: epoch.Value);
        }
    }

    private void Faulted(InstrumentHooks hook, in TaskFault fault)
    {
        if (Passes(fault.Message?.GetType()))
        {
            Keep(hook, fault.Task, fault.Message, next: fault.Next, fault: fault.Fault);
        }
    }

    private void Ended(InstrumentHooks hook, in TaskEnded ended)
    {
        if (Passes(ended.Result?.GetType()))
        {
            Keep(hook, ended.Task, ended.Result, fault: ended.Fault);
        }
    }

    /// <summary>Whether an event is to be kept; if so there is room for it, which it must take. Nothing is prepared for one that finds none.</summary>
    private bool Passes(Type? message) =>
        (_messageTypes.Count == 0 || (message is not null && _messageTypes.Contains(message.Name)))
        && (_oneIn == 1 || Interlocked.Increment(ref _passed) % _oneIn == 0)
        && _buffer.TryReserve();

    private void Keep(
        InstrumentHooks hook, IInstrumented source, object? message, TimeSpan elapsed = default, TaskNext next = TaskNext.Undecided, Exception? fault = null,
        object? epoch = null)
    {
        _buffer.Add(new TappedEvent(_time.GetUtcNow(), hook, source, message, elapsed, next, fault, epoch));
        if (Volatile.Read(ref _isTold) == 0 && Interlocked.Exchange(ref _isTold, 1) == 0)
        {
            _waits();
        }
    }
}
