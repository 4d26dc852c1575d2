using System.Runtime.CompilerServices;

namespace Sluice.Kernel.Dispatch;

internal readonly struct NoSteps : ISteps
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Before(Step step)
    {
    }
}
