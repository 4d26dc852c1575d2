using System.Runtime.InteropServices;

namespace Sluice.Kernel.Dispatch;

/// <summary>A number with the room of a cache line on both sides, so that who writes it slows nobody who reads what is near.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct PaddedInt
{
    [FieldOffset(64)]
    public int Value;
}
