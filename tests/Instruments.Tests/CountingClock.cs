namespace Sluice.Instruments.Tests;

/// <summary>A clock that stands still until it is advanced and counts who looks at it.</summary>
internal sealed class CountingClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero).UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public int Reads { get; private set; }

    public override long GetTimestamp()
    {
        Reads++;
        return _ticks;
    }

    public override DateTimeOffset GetUtcNow()
    {
        Reads++;
        return new(_ticks, TimeSpan.Zero);
    }

    public void Advance(TimeSpan time) => _ticks += time.Ticks;
}
