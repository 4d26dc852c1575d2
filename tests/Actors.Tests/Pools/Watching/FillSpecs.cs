using Sluice.Actors.Pools;
using Sluice.TestKit;

namespace Sluice.Actors.Tests.Pools.Watching;

/// <summary>When a journal will be full is known before it refuses (row 21 of the list of complaints).</summary>
public sealed class FillSpecs : PoolSpecs
{
    private readonly TestClock _clock = new();

    [Fact]
    public async Task A_pools_status_and_metrics_tell_when_its_journal_will_be_full()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var settings = Settings.Pool($"fills-{Guid.NewGuid():N}") with { WaitForResult = false };
        var journal = await Rig.JournalAsync(settings.Name, journal => journal with { MaxItems = 100 });
        var pool = Rig.Start(settings, journal, new PoolParts { Time = _clock }, Rig.Http(Receiver.Url));
        (await pool.GetStatusAsync()).JournalFullIn.ShouldBeNull();

        await pool.SendManyAsync(Values(20)).Within();
        _clock.Advance(TimeSpan.FromMinutes(1));

        (await pool.GetStatusAsync()).JournalFullIn.ShouldBe(TimeSpan.FromMinutes(4));
        await Deadline.Until(() => PoolGauge.Read("sluice.pool.full.in", settings.Name) is [(null, 240.0)]);
    }
}
