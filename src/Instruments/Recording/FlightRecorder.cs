using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Sluice.Instruments.Events;
using Sluice.Instruments.Printing;

namespace Sluice.Instruments.Recording;

/// <summary>
/// Keeps the last events of every actor, queue, socket, task and node, and makes a report when one fails. What is no longer
/// used elsewhere is forgotten with its events.
/// </summary>
/// <remarks>Keeps references to messages and items, not copies: at most the last few per source. Of socket data only the size.</remarks>
/// <param name="eventsPerSource">How many events are kept per source, at least 1.</param>
/// <param name="onFailure">Gets a report for each failure of an actor, task or node; called where it failed.</param>
/// <param name="clock">Times the events; the system's if left out.</param>
public sealed class FlightRecorder(int eventsPerSource = 50, Action<FlightReport>? onFailure = null, TimeProvider? clock = null)
    : TubeInstrument
{
    private readonly int _eventsPerSource = eventsPerSource > 0
        ? eventsPerSource
        : throw new ArgumentOutOfRangeException(nameof(eventsPerSource), eventsPerSource, "A flight recorder keeps at least one event per source.");

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ConditionalWeakTable<IInstrumented, FlightLog> _logs = [];
    private readonly ConcurrentDictionary<(IInstrumented Node, object? Epoch), string> _waiting = [];
    private readonly ConcurrentDictionary<(IInstrumented Node, object? Epoch), DateTimeOffset> _inHand = [];

    private long _callsBegun;

    /// <inheritdoc/>
    public override bool NeedsTiming => true;

    /// <summary>How many calls of nodes have begun: while this grows a run is not stuck.</summary>
    public long CallsBegun => Interlocked.Read(ref _callsBegun);

    /// <summary>What is known of a source and its parents.</summary>
    /// <param name="source">The source.</param>
    /// <param name="cause">Why the report is made, if something failed.</param>
    public FlightReport Report(IInstrumented source, Exception? cause = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        List<FlightPart> parents = [];
        for (var parent = source.Parent; parent is not null; parent = parent.Parent)
        {
            parents.Add(Part(parent));
        }

        return new FlightReport(_clock.GetUtcNow(), cause, Part(source), parents, WaitingNodes(), CallsInHand());
    }

    /// <summary>What is known of every source that still exists: for a run that is stuck.</summary>
    public FlightReport ReportAll() => new(
        _clock.GetUtcNow(),
        Cause: null,
        Source: null,
        [.. _logs.Select(log => log.Value.Read(log.Key)).OrderBy(part => part.Name, StringComparer.Ordinal)],
        WaitingNodes(),
        CallsInHand());

    /// <inheritdoc/>
    public override void OnQueuePut(in QueueEvent put) => Keep(put.Queue, InstrumentHooks.QueuePut, put.Item.Value);

    /// <inheritdoc/>
    public override void OnQueueGet(in QueueEvent get) => Keep(get.Queue, InstrumentHooks.QueueGet, get.Item.Value, elapsed: get.Waited);

    /// <inheritdoc/>
    public override void OnSocketConnectStart(in ConnectStarted connect) =>
        Keep(connect.Socket, InstrumentHooks.SocketConnectStart, Address.Of(connect.Target));

    /// <inheritdoc/>
    public override void OnSocketConnectReady(in Connected connected) => Keep(
        connected.Socket, InstrumentHooks.SocketConnectReady, Address.Of(connected.Target), elapsed: connected.FinishedAt - connected.StartedAt);

    /// <inheritdoc/>
    public override void OnSocketAcceptReady(in Accepted accepted) =>
        Keep(accepted.Listener, InstrumentHooks.SocketAcceptReady, Address.Of(accepted.RemoteEndPoint));

    /// <inheritdoc/>
    public override void OnSocketSendData(in SocketBytes sent) => Keep(sent.Socket, InstrumentHooks.SocketSendData, sent.Count, "bytes");

    /// <inheritdoc/>
    public override void OnSocketRecvData(in SocketBytes received) =>
        Keep(received.Socket, InstrumentHooks.SocketRecvData, received.Count, "bytes");

    /// <inheritdoc/>
    public override void OnTlsHandshakeComplete(in TlsHandshake handshake) =>
        Keep(handshake.Socket, InstrumentHooks.TlsHandshakeComplete, handshake.Cipher, handshake.ServerName);

    /// <inheritdoc/>
    public override void OnSocketClose(in SocketClosed closed) => Keep(closed.Socket, InstrumentHooks.SocketClose, null, fault: closed.Fault);

    /// <inheritdoc/>
    public override void OnTaskBeforeSend(in TaskTurn turn) => Keep(turn.Task, InstrumentHooks.TaskBeforeSend, turn.Message);

    /// <inheritdoc/>
    public override void OnTaskAfterSend(in TaskTurnEnded turn) =>
        Keep(turn.Task, InstrumentHooks.TaskAfterSend, turn.Message, Note(turn.Next), turn.Elapsed);

    /// <inheritdoc/>
    public override void OnTaskBeforeThrow(in TaskFault fault) =>
        Keep(fault.Task, InstrumentHooks.TaskBeforeThrow, fault.Message, fault: fault.Fault);

    /// <inheritdoc/>
    public override void OnTaskAfterThrow(in TaskFault fault)
    {
        Keep(fault.Task, InstrumentHooks.TaskAfterThrow, fault.Message, Note(fault.Next), fault: fault.Fault);
        ReportOnce(fault.Task, fault.Fault);
    }

    /// <inheritdoc/>
    public override void OnTaskCompleted(in TaskEnded ended) => Keep(ended.Task, InstrumentHooks.TaskCompleted, ended.Result);

    /// <inheritdoc/>
    public override void OnTaskError(in TaskEnded ended)
    {
        Keep(ended.Task, InstrumentHooks.TaskError, null, fault: ended.Fault);
        ReportOnce(ended.Task, ended.Fault);
    }

    /// <inheritdoc/>
    public override void OnTaskCancelled(in TaskEnded ended) => Keep(ended.Task, InstrumentHooks.TaskCancelled, null);

    /// <inheritdoc/>
    public override void OnRunStart(in RunStarted run) => Keep(run.Tube, InstrumentHooks.RunStart, null);

    /// <inheritdoc/>
    public override void OnRunEnd(in RunEnded run) => Keep(run.Tube, InstrumentHooks.RunEnd, null, null, run.Elapsed, run.Fault);

    /// <inheritdoc/>
    public override void OnEpochStart(in EpochEvent epoch) => Keep(epoch.Tube, InstrumentHooks.EpochStart, epoch.Epoch.Value);

    /// <inheritdoc/>
    public override void OnEpochEnd(in EpochEvent epoch)
    {
        var ended = epoch.Epoch.Value;
        Keep(epoch.Tube, InstrumentHooks.EpochEnd, ended, null, epoch.Elapsed, epoch.Fault);
        foreach (var waiting in _waiting.Keys)
        {
            // A node that was skipped in it, or given up, waits no longer.
            if (waiting.Node.Parent == epoch.Tube && Equals(waiting.Epoch, ended))
            {
                _waiting.TryRemove(waiting, out _);
            }
        }
    }

    /// <inheritdoc/>
    public override void OnNodeStart(in NodeTurn turn)
    {
        var epoch = turn.Epoch.Value;
        _waiting.TryRemove((turn.Node, epoch), out _);
        _inHand[(turn.Node, epoch)] = _clock.GetUtcNow();
        Interlocked.Increment(ref _callsBegun);
        Keep(turn.Node, InstrumentHooks.NodeStart, epoch);
    }

    /// <inheritdoc/>
    public override void OnNodeFinish(in NodeTurn turn)
    {
        var epoch = turn.Epoch.Value;
        _inHand.TryRemove((turn.Node, epoch), out _);
        Keep(turn.Node, InstrumentHooks.NodeFinish, epoch, null, turn.Elapsed, turn.Fault);
    }

    /// <inheritdoc/>
    public override void OnNodeEmitted(in NodeSignal emitted) =>
        Keep(emitted.Node, InstrumentHooks.NodeEmitted, emitted.Value.Value, emitted.Signal);

    /// <inheritdoc/>
    public override void OnNodeError(in NodeTurn turn)
    {
        var epoch = turn.Epoch.Value;
        _inHand.TryRemove((turn.Node, epoch), out _);
        Keep(turn.Node, InstrumentHooks.NodeError, epoch, fault: turn.Fault);
        ReportOnce(turn.Node, turn.Fault);
    }

    /// <inheritdoc/>
    public override void OnNodeDisabled(in NodeChanged node) => Keep(node.Node, InstrumentHooks.NodeDisabled, null);

    /// <inheritdoc/>
    public override void OnNodeStalled(in NodeWaiting waiting)
    {
        Keep(waiting.Node, InstrumentHooks.NodeStalled, waiting.Epoch.Value, waiting.Slot);
        var slot = waiting.Slot;
        _waiting.AddOrUpdate(
            (waiting.Node, waiting.Epoch.Value), slot, (_, others) => others.Split(", ").Contains(slot) ? others : $"{others}, {slot}");
    }

    private void Keep(
        IInstrumented source, InstrumentHooks hook, object? item, string? note = null, TimeSpan elapsed = default, Exception? fault = null) =>
        LogOf(source).Add(new FlightEntry(_clock.GetUtcNow(), hook, item, note, elapsed, fault));

    private void ReportOnce(IInstrumented source, Exception? fault)
    {
        if (onFailure is not null && fault is not null && LogOf(source).IsNews(fault))
        {
            onFailure(Report(source, fault));
        }
    }

    private FlightPart Part(IInstrumented source) => LogOf(source).Read(source);

    private FlightLog LogOf(IInstrumented source) =>
        _logs.TryGetValue(source, out var log) ? log : _logs.GetValue(source, _ => new FlightLog(_eventsPerSource));

    private List<string> WaitingNodes() =>
        [.. _waiting.Select(node => $"{node.Key.Node.Name} in epoch {node.Key.Epoch} waits for {node.Value}").Order(StringComparer.Ordinal)];

    private List<string> CallsInHand()
    {
        var now = _clock.GetUtcNow();
        return
        [
            // Its own ToArray is of one moment; what sorts would copy a dictionary that grows meanwhile, and fail.
            .. _inHand.ToArray().OrderBy(call => call.Value).Select(call => string.Create(
                CultureInfo.InvariantCulture, $"{call.Key.Node.Name} in epoch {call.Key.Epoch}, called {(now - call.Value).TotalSeconds:0.000} s ago")),
        ];
    }

    private static string? Note(TaskNext next) => next is TaskNext.Waits ? null : next.ToString();
}
