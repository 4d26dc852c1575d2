using Xunit.Abstractions;

namespace Sluice.Actors.Tests.Pools.Kills;

/// <summary>Kills between the write-ahead commit, the delivery and the settlement.</summary>
public sealed class KilledWhileAllIsWellSpecs(ITestOutputHelper log) : KilledPool(log, seed: 9)
{
    [Fact]
    public async Task Pool_2_2_survives_kill_nine()
    {
        await KillAgainAndAgainAsync();

        var arrived = Arrived;
        Promised.Except(arrived.Select(entry => entry.Value)).ShouldBeEmpty("acknowledged, and lost");
        ArrivedInOrderUnderOneKeyEach();
        arrived.Select(entry => long.Parse(entry.Key["test:".Length..], System.Globalization.CultureInfo.InvariantCulture)).ShouldBeInOrder();
        (await LedgerIsRightAsync(arrived.Length)).ShouldBeEmpty();
    }
}
