using Xunit.Abstractions;

namespace Sluice.Actors.Tests.Pools.Kills;

/// <summary>
/// Kills while unsent data moves from one journal into another: to memory and back. What is in memory, or on its way there, ends with the process;
/// what was acknowledged on disk, or has come back there, does not.
/// </summary>
public sealed class KilledAmidSwitchesSpecs(ITestOutputHelper log) : KilledPool(log, seed: 19)
{
    private protected override bool Switches => true;

    [Fact]
    public async Task Pool_1_9_a_change_between_memory_and_disk_survives_kill_nine()
    {
        Receiver.Misbehave = (context, lines) => Draw(3) == 0 ? Misbehaviour.Status(503)(context, lines) : Task.FromResult(false);

        await KillAgainAndAgainAsync();

        var arrived = Arrived;
        Acknowledged.ShouldBeGreaterThan(0);
        Promised.Except(arrived.Select(entry => entry.Value)).ShouldBeEmpty("acknowledged on disk, and lost");
        ArrivedInOrderUnderOneKeyEach();
    }
}
