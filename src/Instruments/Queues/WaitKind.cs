namespace Sluice.Instruments.Queues;

internal enum WaitKind
{
    Put,
    Get,
    Peek,
}
