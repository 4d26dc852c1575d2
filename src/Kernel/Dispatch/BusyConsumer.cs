namespace Sluice.Kernel.Dispatch;

/// <summary>
/// What the consumer of a queue with a backlog writes once per message, and the slots it reads. Beside what producers read it
/// would cost them a cache miss per message; hence the room of a cache line on both sides.
/// </summary>
internal sealed class BusyConsumer<TSteps>(QueueSegment<TSteps>.Slot[] slots)
    where TSteps : struct, ISteps
{
    private PaddedInt _taken;

    public QueueSegment<TSteps>.Slot[] Slots => slots;

    public ref int Taken => ref _taken.Value;

    // Of use for the largest rings only, which all have a busy consumer.
    public int TakenAtDrain { get; set; }

    public int CollectionsAtUse { get; set; }
}
