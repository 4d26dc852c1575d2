using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Sluice.Actors.Tests.Pools.Kills;

/// <summary>Kills while batches are split because of an item that the sink will never take.</summary>
public sealed class KilledAmidSplitsSpecs(ITestOutputHelper log) : KilledPool(log, seed: 34)
{
    private const int Bad = 7;

    [Fact]
    public async Task Pool_3_4_a_batch_that_is_being_split_survives_kill_nine()
    {
        var refuse = Misbehaviour.Status(400, lines => lines.Any(line => IsBad((int)JsonNode.Parse(line)!["item"]!)));
        Receiver.Misbehave = refuse;

        await KillAgainAndAgainAsync(whenLeftAlone: refuse);

        var arrived = Arrived;
        var dead = await LedgerIsRightAsync(arrived.Length);
        dead.ShouldNotBeEmpty();
        dead.ShouldAllBe(value => IsBad(value));
        arrived.ShouldAllBe(entry => !IsBad(entry.Value));
        Promised.Except(arrived.Select(entry => entry.Value)).Except(dead).ShouldBeEmpty("acknowledged, and lost");
        ArrivedInOrderUnderOneKeyEach();
    }

    private static bool IsBad(int value) => value % Bad == 0;
}
