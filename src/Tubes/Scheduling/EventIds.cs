namespace Sluice.Tubes.Scheduling;

/// <summary>Numbers a runner's events, from 1. Not safe for several threads at once.</summary>
public sealed class EventIds
{
    private ulong _last;

    /// <summary>The next number.</summary>
    public ulong Next() => ++_last;

    /// <summary>The first of the next <paramref name="count"/> numbers, which are not given again.</summary>
    public ulong Reserve(int count)
    {
        var first = _last + 1;
        _last += (ulong)count;
        return first;
    }
}
