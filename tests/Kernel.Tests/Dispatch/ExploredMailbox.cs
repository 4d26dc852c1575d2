using Sluice.Kernel.Actor;
using Sluice.Kernel.Dispatch;
using Sluice.Kernel.Dispatch.SysMsg;

namespace Sluice.Kernel.Tests.Dispatch;

/// <summary>The real mailbox with its real queue, whose turns are threads of an explorer.</summary>
internal sealed class ExploredMailbox(Explorer explorer, int throughput)
    : Mailbox<Stepped>(new UnboundedQueue<Stepped>(), new FiberDispatcher(explorer, throughput))
{
    private int _inTurn;

    public List<object> Handled { get; } = [];

    public List<object> LostMessages { get; } = [];

    public List<SystemMessage> HandledSystem { get; } = [];

    public List<SystemMessage> LostSystemMessages { get; } = [];

    protected override void EnterTurn() => Interlocked.Increment(ref _inTurn).ShouldBe(1, "two turns at a time");

    protected override void LeaveTurn() => Interlocked.Decrement(ref _inTurn).ShouldBe(0);

    protected override void Invoke(in Envelope envelope) => Handled.Add(envelope.Message);

    protected override void InvokeSystem(SystemMessage message)
    {
        HandledSystem.Add(message);
        switch (message)
        {
            case Terminate:
                Close();
                break;
            case Kernel.Dispatch.SysMsg.Suspend:
                Suspend();
                break;
            case Kernel.Dispatch.SysMsg.Resume:
                Resume();
                break;
        }
    }

    protected override void Lost(in Envelope envelope, bool isOverflow) => LostMessages.Add(envelope.Message);

    protected override void LostSystem(SystemMessage message) => LostSystemMessages.Add(message);

    private sealed class FiberDispatcher(Explorer explorer, int throughput) : MessageDispatcher(null!, "explored", throughput)
    {
        internal override void Execute(IThreadPoolWorkItem turn, bool preferLocal) => explorer.Start(turn.Execute);
    }
}
