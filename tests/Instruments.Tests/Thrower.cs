using Sluice.Instruments.Events;

namespace Sluice.Instruments.Tests;

internal sealed class Thrower : EventLoopInstrument
{
    public int Calls { get; private set; }

    public override void OnQueuePut(in QueueEvent put)
    {
        Calls++;
        throw new InvalidOperationException("the instrument is broken");
    }
}
