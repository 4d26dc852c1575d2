using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Sluice.Instruments.Events;

namespace Sluice.Instruments;

/// <summary>
/// Everything that watches one thing: gives each event to the instruments of its scopes, the innermost first, keeps their
/// faults from each other and from what they watch, and does not watch what they do themselves.
/// </summary>
public sealed class CompositeInstrument : HookDispatch
{
    private CompositeInstrument(InstrumentScope[] scopes, InstrumentHooks earlier = InstrumentHooks.None)
        : base(scopes, earlier)
    {
    }

    /// <summary>The scopes that were active when this composite was made, the innermost first.</summary>
    public ImmutableArray<InstrumentScope> Scopes => ImmutableCollectionsMarshal.AsImmutableArray(ScopeArray);

    /// <summary>Those that watch the children of what they watch; null for none.</summary>
    public CompositeInstrument? Inherited()
    {
        if (Array.TrueForAll(ScopeArray, scope => scope is { IsInherited: true, IsActive: true }))
        {
            return this;
        }

        var inherited = Array.FindAll(ScopeArray, scope => scope is { IsInherited: true, IsActive: true });
        return inherited.Length == 0 ? null : new CompositeInstrument(inherited);
    }

    /// <summary>The watchers of <paramref name="outer"/> (null for none) that still watch, and before them <paramref name="scope"/>.</summary>
    public static CompositeInstrument With(CompositeInstrument? outer, InstrumentScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new([scope, .. outer?.ScopeArray.Where(other => other.IsActive && other != scope) ?? []], outer?.Mask ?? InstrumentHooks.None);
    }

    /// <summary>Those that still watch: this instance if all do, null if none does.</summary>
    public CompositeInstrument? Living()
    {
        if (Array.TrueForAll(ScopeArray, scope => scope.IsActive))
        {
            return this;
        }

        var living = Array.FindAll(ScopeArray, scope => scope.IsActive);
        return living.Length == 0 ? null : new CompositeInstrument(living);
    }

    /// <summary>
    /// Those that still watch; null when none does, but never for who has been watched with <see cref="ActorHooks.Stamps"/> and must go
    /// on to <see cref="ScopeSet.Sees"/> it.
    /// </summary>
    public CompositeInstrument? Remaining() =>
        !HasEnded ? this
        : (Mask & ActorHooks.Stamps) == 0 ? Living()
        : new(Array.FindAll(ScopeArray, scope => scope.IsActive), Mask);

    /// <inheritdoc/>
    public override void OnQueuePut(in QueueEvent put) =>
        Fire(InstrumentHooks.QueuePut, in put, default(HookCallers.PutCaller));

    /// <inheritdoc/>
    public override void OnQueueGet(in QueueEvent get) =>
        Fire(InstrumentHooks.QueueGet, in get, default(HookCallers.GetCaller));

    /// <inheritdoc/>
    public override void OnMailboxRun(in MailboxRun run) =>
        Fire(InstrumentHooks.MailboxRun, in run, static (instrument, in seen) => instrument.OnMailboxRun(in seen));

    /// <inheritdoc/>
    public override void OnMessageSample(in MessageSample sample) =>
        Fire(InstrumentHooks.MessageSample, in sample, static (instrument, in seen) => instrument.OnMessageSample(in seen));

    /// <summary>A message is put into a mailbox: <see cref="OnQueuePut"/> for those that want it of actors.</summary>
    public void OnMailboxPut(in QueueEvent put) => Fire(ActorHooks.Put, in put, default(HookCallers.PutCaller));

    /// <summary>A message leaves a mailbox: <see cref="OnQueueGet"/> for those that want it of actors.</summary>
    public void OnMailboxGet(in QueueEvent get) => Fire(ActorHooks.Get, in get, default(HookCallers.GetCaller));

    /// <summary>An actor has handled a message: <see cref="OnTaskAfterSend"/> for those that want it of actors.</summary>
    public void OnActorAfterSend(in TaskTurnEnded turn) => Fire(ActorHooks.AfterSend, in turn, default(HookCallers.AfterSendCaller));

    /// <inheritdoc/>
    public override void OnSocketConnectStart(in ConnectStarted connect) =>
        Fire(InstrumentHooks.SocketConnectStart, in connect, static (instrument, in seen) => instrument.OnSocketConnectStart(in seen));

    /// <inheritdoc/>
    public override void OnSocketConnectReady(in Connected connected) =>
        Fire(InstrumentHooks.SocketConnectReady, in connected, static (instrument, in seen) => instrument.OnSocketConnectReady(in seen));

    /// <inheritdoc/>
    public override void OnSocketAcceptStart(in AcceptStarted accept) =>
        Fire(InstrumentHooks.SocketAcceptStart, in accept, static (instrument, in seen) => instrument.OnSocketAcceptStart(in seen));

    /// <inheritdoc/>
    public override void OnSocketAcceptReady(in Accepted accepted) =>
        Fire(InstrumentHooks.SocketAcceptReady, in accepted, static (instrument, in seen) => instrument.OnSocketAcceptReady(in seen));

    /// <inheritdoc/>
    public override void OnSocketSendStart(in SocketWait wait) =>
        Fire(InstrumentHooks.SocketSendStart, in wait, static (instrument, in seen) => instrument.OnSocketSendStart(in seen));

    /// <inheritdoc/>
    public override void OnSocketSendReady(in SocketWait wait) =>
        Fire(InstrumentHooks.SocketSendReady, in wait, static (instrument, in seen) => instrument.OnSocketSendReady(in seen));

    /// <inheritdoc/>
    public override void OnSocketSendData(in SocketBytes sent) =>
        Fire(InstrumentHooks.SocketSendData, in sent, static (instrument, in seen) => instrument.OnSocketSendData(in seen));

    /// <inheritdoc/>
    public override void OnSocketRecvStart(in SocketWait wait) =>
        Fire(InstrumentHooks.SocketRecvStart, in wait, static (instrument, in seen) => instrument.OnSocketRecvStart(in seen));

    /// <inheritdoc/>
    public override void OnSocketRecvReady(in SocketWait wait) =>
        Fire(InstrumentHooks.SocketRecvReady, in wait, static (instrument, in seen) => instrument.OnSocketRecvReady(in seen));

    /// <inheritdoc/>
    public override void OnSocketRecvData(in SocketBytes received) =>
        Fire(InstrumentHooks.SocketRecvData, in received, static (instrument, in seen) => instrument.OnSocketRecvData(in seen));

    /// <inheritdoc/>
    public override void OnTlsHandshakeComplete(in TlsHandshake handshake) =>
        Fire(InstrumentHooks.TlsHandshakeComplete, in handshake, static (instrument, in seen) => instrument.OnTlsHandshakeComplete(in seen));

    /// <inheritdoc/>
    public override void OnSocketClose(in SocketClosed closed) =>
        Fire(InstrumentHooks.SocketClose, in closed, static (instrument, in seen) => instrument.OnSocketClose(in seen));

    /// <inheritdoc/>
    public override void OnTaskBeforeSend(in TaskTurn turn) =>
        Fire(InstrumentHooks.TaskBeforeSend, in turn, default(HookCallers.BeforeSendCaller));

    /// <inheritdoc/>
    public override void OnTaskAfterSend(in TaskTurnEnded turn) =>
        Fire(InstrumentHooks.TaskAfterSend, in turn, default(HookCallers.AfterSendCaller));

    /// <inheritdoc/>
    public override void OnTaskBeforeThrow(in TaskFault fault) =>
        Fire(InstrumentHooks.TaskBeforeThrow, in fault, static (instrument, in seen) => instrument.OnTaskBeforeThrow(in seen));

    /// <inheritdoc/>
    public override void OnTaskAfterThrow(in TaskFault fault) =>
        Fire(InstrumentHooks.TaskAfterThrow, in fault, static (instrument, in seen) => instrument.OnTaskAfterThrow(in seen));

    /// <inheritdoc/>
    public override void OnTaskCompleted(in TaskEnded ended) =>
        Fire(InstrumentHooks.TaskCompleted, in ended, static (instrument, in seen) => instrument.OnTaskCompleted(in seen));

    /// <inheritdoc/>
    public override void OnTaskError(in TaskEnded ended) =>
        Fire(InstrumentHooks.TaskError, in ended, static (instrument, in seen) => instrument.OnTaskError(in seen));

    /// <inheritdoc/>
    public override void OnTaskCancelled(in TaskEnded ended) =>
        Fire(InstrumentHooks.TaskCancelled, in ended, static (instrument, in seen) => instrument.OnTaskCancelled(in seen));

    /// <inheritdoc/>
    public override void OnRunStart(in RunStarted run) =>
        Fire(InstrumentHooks.RunStart, in run, static (instrument, in seen) => ((TubeInstrument)instrument).OnRunStart(in seen));

    /// <inheritdoc/>
    public override void OnRunEnd(in RunEnded run) =>
        Fire(InstrumentHooks.RunEnd, in run, static (instrument, in seen) => ((TubeInstrument)instrument).OnRunEnd(in seen));

    /// <inheritdoc/>
    public override void OnEpochStart(in EpochEvent epoch) =>
        Fire(InstrumentHooks.EpochStart, in epoch, default(HookCallers.EpochStartCaller));

    /// <inheritdoc/>
    public override void OnEpochEnd(in EpochEvent epoch) =>
        Fire(InstrumentHooks.EpochEnd, in epoch, default(HookCallers.EpochEndCaller));

    /// <inheritdoc/>
    public override void OnNodeRegistered(in NodeChanged node) =>
        Fire(InstrumentHooks.NodeRegistered, in node, static (instrument, in seen) => ((TubeInstrument)instrument).OnNodeRegistered(in seen));

    /// <inheritdoc/>
    public override void OnNodeReady(in NodeTurn turn) =>
        Fire(InstrumentHooks.NodeReady, in turn, static (instrument, in seen) => ((TubeInstrument)instrument).OnNodeReady(in seen));

    /// <inheritdoc/>
    public override void OnNodeStart(in NodeTurn turn) =>
        Fire(InstrumentHooks.NodeStart, in turn, default(HookCallers.NodeStartCaller));

    /// <inheritdoc/>
    public override void OnNodeFinish(in NodeTurn turn) =>
        Fire(InstrumentHooks.NodeFinish, in turn, default(HookCallers.NodeFinishCaller));

    /// <inheritdoc/>
    public override void OnNodeCalls(in NodeCalls calls) =>
        Fire(InstrumentHooks.NodeCalls, in calls, default(HookCallers.NodeCallsCaller));

    /// <inheritdoc/>
    public override void OnNodeEmitted(in NodeSignal emitted) =>
        Fire(InstrumentHooks.NodeEmitted, in emitted, default(HookCallers.NodeEmittedCaller));

    /// <inheritdoc/>
    public override void OnNodeNoEvent(in NodeSignal signal) =>
        Fire(InstrumentHooks.NodeNoEvent, in signal, static (instrument, in seen) => ((TubeInstrument)instrument).OnNodeNoEvent(in seen));

    /// <inheritdoc/>
    public override void OnNodeError(in NodeTurn turn) =>
        Fire(InstrumentHooks.NodeError, in turn, static (instrument, in seen) => ((TubeInstrument)instrument).OnNodeError(in seen));

    /// <inheritdoc/>
    public override void OnNodeEnabled(in NodeChanged node) =>
        Fire(InstrumentHooks.NodeEnabled, in node, static (instrument, in seen) => ((TubeInstrument)instrument).OnNodeEnabled(in seen));

    /// <inheritdoc/>
    public override void OnNodeDisabled(in NodeChanged node) =>
        Fire(InstrumentHooks.NodeDisabled, in node, static (instrument, in seen) => ((TubeInstrument)instrument).OnNodeDisabled(in seen));

    /// <inheritdoc/>
    public override void OnNodeStalled(in NodeWaiting waiting) =>
        Fire(InstrumentHooks.NodeStalled, in waiting, static (instrument, in seen) => ((TubeInstrument)instrument).OnNodeStalled(in seen));

    /// <inheritdoc/>
    public override void OnAssetMade(in AssetEvent asset) =>
        Fire(InstrumentHooks.AssetMade, in asset, static (instrument, in seen) => ((TubeInstrument)instrument).OnAssetMade(in seen));

    /// <inheritdoc/>
    public override void OnAssetReleased(in AssetEvent asset) =>
        Fire(InstrumentHooks.AssetReleased, in asset, static (instrument, in seen) => ((TubeInstrument)instrument).OnAssetReleased(in seen));
}
