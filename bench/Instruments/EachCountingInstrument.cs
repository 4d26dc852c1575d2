using System.Runtime.InteropServices;
using Sluice.Instruments.Events;

namespace Sluice.Instruments.Bench;

/// <summary>The least that an instrument can do that wants every event: counts messages one by one.</summary>
internal sealed class EachCountingInstrument : TubeInstrument
{
    private Counts _counts;

    public override bool IsSelfContained => true;

    public override void OnQueuePut(in QueueEvent put) => _counts.Puts++;

    public override void OnQueueGet(in QueueEvent get) => _counts.Gets++;

    public override string ToString() => $"{_counts.Puts} put, {_counts.Gets} taken";

    // The one sender counts in one cache line, the one actor in another: else they would wait for each other.
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct Counts
    {
        [FieldOffset(128)]
        public long Puts;

        [FieldOffset(256)]
        public long Gets;
    }
}
