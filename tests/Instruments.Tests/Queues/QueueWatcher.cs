using System.Collections.Concurrent;
using Sluice.Instruments.Events;

namespace Sluice.Instruments.Tests.Queues;

internal sealed class QueueWatcher : EventLoopInstrument
{
    public ConcurrentQueue<string> Seen { get; } = [];

    public TimeSpan LastWait { get; private set; }

    public override bool NeedsTiming => true;

    public override void OnQueuePut(in QueueEvent put) => Seen.Enqueue($"put {put.Item.Value}{(put.Immediate ? "" : " after waiting")}");

    public override void OnQueueGet(in QueueEvent get)
    {
        LastWait = get.Waited;
        Seen.Enqueue($"get {get.Item.Value}{(get.Immediate ? "" : " after waiting")}");
    }
}
