using System.Runtime.InteropServices;
using Sluice.Instruments.Events;

namespace Sluice.Instruments.Bench;

/// <summary>The least that an instrument can do: counts what is put into mailboxes, what is taken out, and what nodes do.</summary>
internal sealed class CountingInstrument : TubeInstrument
{
    private Counts _counts;

    public override bool IsSelfContained => true;

    public override void OnQueuePut(in QueueEvent put) => _counts.Puts++;

    public override void OnQueueGet(in QueueEvent get) => _counts.Gets++;

    public override void OnNodeFinish(in NodeTurn turn) => _counts.Nodes++;

    public override string ToString() => $"{_counts.Puts} put, {_counts.Gets} taken, {_counts.Nodes} nodes";

    // Senders count in one cache line, the actor in another: else they would wait for each other.
    [StructLayout(LayoutKind.Explicit, Size = 512)]
    private struct Counts
    {
        [FieldOffset(128)]
        public long Puts;

        [FieldOffset(256)]
        public long Gets;

        [FieldOffset(384)]
        public long Nodes;
    }
}
