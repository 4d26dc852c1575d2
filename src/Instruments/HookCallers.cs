using System.Runtime.CompilerServices;
using Sluice.Instruments.Events;

namespace Sluice.Instruments;

/// <summary>Calls one hook of an instrument.</summary>
internal delegate void HookCall<TEvent>(EventLoopInstrument instrument, in TEvent seen)
    where TEvent : struct, allows ref struct;

/// <summary>Calls one hook of an instrument; a struct, so that the call is compiled into the loop over instruments.</summary>
internal interface IHookCaller<TEvent>
    where TEvent : struct, allows ref struct
{
    void Call(EventLoopInstrument instrument, in TEvent seen);
}

/// <summary>The hooks that fire for every message, epoch and call of a node have callers of their own; the others go through a delegate.</summary>
internal static class HookCallers
{
    public readonly struct DelegateCaller<TEvent>(HookCall<TEvent> call) : IHookCaller<TEvent>
        where TEvent : struct, allows ref struct
    {
        public void Call(EventLoopInstrument instrument, in TEvent seen) => call(instrument, in seen);
    }

    public readonly struct PutCaller : IHookCaller<QueueEvent>
    {
        public void Call(EventLoopInstrument instrument, in QueueEvent seen) => instrument.OnQueuePut(in seen);
    }

    public readonly struct GetCaller : IHookCaller<QueueEvent>
    {
        public void Call(EventLoopInstrument instrument, in QueueEvent seen) => instrument.OnQueueGet(in seen);
    }

    public readonly struct BeforeSendCaller : IHookCaller<TaskTurn>
    {
        public void Call(EventLoopInstrument instrument, in TaskTurn seen) => instrument.OnTaskBeforeSend(in seen);
    }

    // Only instruments of tubes have the bits of a tube's hooks, so what is called here is one.
    public readonly struct NodeStartCaller : IHookCaller<NodeTurn>
    {
        public void Call(EventLoopInstrument instrument, in NodeTurn seen) => Unsafe.As<TubeInstrument>(instrument).OnNodeStart(in seen);
    }

    public readonly struct NodeFinishCaller : IHookCaller<NodeTurn>
    {
        public void Call(EventLoopInstrument instrument, in NodeTurn seen) => Unsafe.As<TubeInstrument>(instrument).OnNodeFinish(in seen);
    }

    public readonly struct NodeCallsCaller : IHookCaller<NodeCalls>
    {
        public void Call(EventLoopInstrument instrument, in NodeCalls seen) => Unsafe.As<TubeInstrument>(instrument).OnNodeCalls(in seen);
    }

    public readonly struct NodeEmittedCaller : IHookCaller<NodeSignal>
    {
        public void Call(EventLoopInstrument instrument, in NodeSignal seen) => Unsafe.As<TubeInstrument>(instrument).OnNodeEmitted(in seen);
    }

    public readonly struct EpochStartCaller : IHookCaller<EpochEvent>
    {
        public void Call(EventLoopInstrument instrument, in EpochEvent seen) => Unsafe.As<TubeInstrument>(instrument).OnEpochStart(in seen);
    }

    public readonly struct EpochEndCaller : IHookCaller<EpochEvent>
    {
        public void Call(EventLoopInstrument instrument, in EpochEvent seen) => Unsafe.As<TubeInstrument>(instrument).OnEpochEnd(in seen);
    }

    public readonly struct AfterSendCaller : IHookCaller<TaskTurnEnded>
    {
        public void Call(EventLoopInstrument instrument, in TaskTurnEnded seen) => instrument.OnTaskAfterSend(in seen);
    }
}
