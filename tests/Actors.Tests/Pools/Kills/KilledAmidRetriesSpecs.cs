using Xunit.Abstractions;

namespace Sluice.Actors.Tests.Pools.Kills;

/// <summary>Kills while the sink refuses, resets, and takes items without being able to say so.</summary>
public sealed class KilledAmidRetriesSpecs(ITestOutputHelper log) : KilledPool(log, seed: 20180207)
{
    [Fact]
    public async Task Pool_2_2_survives_kill_nine_amid_retries()
    {
        Receiver.Misbehave = (context, lines) => Draw(10) switch
        {
            < 3 => Misbehaviour.Status(503)(context, lines),
            3 => Misbehaviour.Status(429, retryAfter: "0")(context, lines),
            4 => Misbehaviour.Reset()(context, lines),
            _ => Task.FromResult(false),
        };
        Receiver.MisbehaveAfterwards = context =>
        {
            if (Draw(10) == 0)
            {
                context.Abort();
            }
        };

        await KillAgainAndAgainAsync();

        var arrived = Arrived;
        Promised.Except(arrived.Select(entry => entry.Value)).ShouldBeEmpty("acknowledged, and lost");
        Receiver.Keys.Count.ShouldBeGreaterThan(arrived.Length, "some have come again, under the same key");
        ArrivedInOrderUnderOneKeyEach();
        (await LedgerIsRightAsync(arrived.Length)).ShouldBeEmpty();
    }
}
