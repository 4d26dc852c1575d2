using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Bench;

internal sealed class Counter : ReceiveActor
{
    public Counter(Countdown countdown) => Receive<object>(_ => countdown.Arrived());
}
