namespace Sluice.Kernel.Actor.Cells;

/// <summary>
/// Picks the messages of an actor that are measured: all, until more than some 4,000 in a second would be, then one of two, of four, and so on.
/// By chance, because whoever tells in a rhythm would else have the same messages measured again and again.
/// </summary>
internal sealed class MessageSampler
{
    private const int WindowMilliseconds = 128;
    private const int SamplesPerWindow = 512;

    private const int Rarest = 1 << 14;

    [ThreadStatic]
    private static uint t_chance;

    // Written in the turn, read by senders.
    private int _oneIn = 1;

    // The turn's alone.
    private long _windowBegan = Environment.TickCount64;
    private long _messages;
    private int _samples;

    /// <summary>Whether a message that is about to be put is measured. On any thread.</summary>
    /// <param name="oneIn">For how many it then stands.</param>
    public bool Picks(out int oneIn)
    {
        oneIn = Volatile.Read(ref _oneIn);
        if (oneIn == 1)
        {
            return true;
        }
        // A linear congruential generator; its high bits are the better ones.
        t_chance = (t_chance * 747_796_405) + 2_891_336_453;
        return (t_chance >> 16 & (uint)(oneIn - 1)) == 0;
    }

    /// <summary>A message was measured. In the turn.</summary>
    public void Sampled()
    {
        // A burst is not measured in full until its first window is over.
        if (++_samples >= SamplesPerWindow && _oneIn < Rarest)
        {
            _samples = 0;
            Volatile.Write(ref _oneIn, _oneIn * 2);
        }
    }

    /// <summary>The actor pauses after so many messages. In the turn.</summary>
    public void Ran(int messages)
    {
        _messages += messages;
        var now = Environment.TickCount64;
        var elapsed = now - _windowBegan;
        if (elapsed >= WindowMilliseconds)
        {
            var perWindow = _messages * WindowMilliseconds / elapsed;
            Volatile.Write(ref _oneIn, OneIn(perWindow));
            (_windowBegan, _messages, _samples) = (now, 0, 0);
        }
    }

    /// <summary>Of how many messages one is measured, when so many come in a window.</summary>
    internal static int OneIn(long perWindow)
    {
        var oneIn = 1;
        while (oneIn < Rarest && perWindow > (long)oneIn * SamplesPerWindow)
        {
            oneIn *= 2;
        }
        return oneIn;
    }
}
