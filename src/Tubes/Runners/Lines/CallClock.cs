using System.Runtime.CompilerServices;

namespace Sluice.Tubes.Runners.Lines;

/// <summary>
/// Says how far a thread has come that makes calls one after another: it ticks when a call begins and when it has ended, so that it is odd
/// in a call. Whoever makes the calls writes it; anybody may read it.
/// </summary>
internal sealed class CallClock
{
    private long _time;
    private bool _isSuspected;

    /// <summary>Even between two calls, odd in one.</summary>
    public long Time
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref _time);
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => Volatile.Write(ref _time, value);
    }

    /// <summary>Somebody wants to know whether a call is stuck: who comes out of one must look whether what it works on is still its own.</summary>
    public bool IsSuspected
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref _isSuspected);
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => Volatile.Write(ref _isSuspected, value);
    }

    /// <summary>What a call gave after which the clock was <see cref="IsSuspected"/>. The caller's.</summary>
    public object?[]? Late { get; set; }
}
