using System.Runtime.CompilerServices;

namespace Sluice.Kernel.Dispatch;

internal readonly struct NoSteps : ISteps
{
    public static int BusyLength => 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Before(Step step)
    {
    }
}
