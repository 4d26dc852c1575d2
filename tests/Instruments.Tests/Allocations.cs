namespace Sluice.Instruments.Tests;

internal static class Allocations
{
    /// <summary>Bytes that this thread allocates in 1,000 calls, after a warm-up that lets everything be compiled.</summary>
    public static long Of(Action action)
    {
        for (var i = 0; i < 1_000; i++)
        {
            action();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
