using Sluice.Cluster.Sharding;

namespace Sluice.Cluster.Tests.Sharding;

public sealed class ShardAllocationSpecs
{
    [Theory]
    [InlineData(32, 1)]
    [InlineData(32, 3)]
    [InlineData(32, 5)]
    [InlineData(100, 7)]
    public void Shards_are_spread_evenly(int shards, int members)
    {
        var loads = Loads(ShardAllocation.Owners("pool", shards, Names(members)));

        loads.Length.ShouldBe(members);
        (loads.Max() - loads.Min()).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void The_order_in_which_members_are_listed_does_not_matter() =>
        ShardAllocation.Owners("pool", 32, ["c", "a", "b"]).ShouldBe(ShardAllocation.Owners("pool", 32, ["a", "b", "c"]));

    [Fact]
    public void One_more_member_moves_little_more_than_its_share()
    {
        var before = ShardAllocation.Owners("pool", 1_000, Names(4));
        var after = ShardAllocation.Owners("pool", 1_000, Names(5));

        var moved = before.Zip(after).Count(pair => pair.First != pair.Second);

        moved.ShouldBeInRange(200, 400);
    }

    [Fact]
    public void Without_members_nobody_owns_anything() => ShardAllocation.Owners("pool", 3, []).ShouldBe(["", "", ""]);

    [Fact]
    public void The_shard_of_an_entity_is_the_same_for_good()
    {
        ShardAllocation.ShardOf("pool-1", 32).ShouldBe(ShardAllocation.ShardOf("pool-1", 32));
        Enumerable.Range(0, 3_200).GroupBy(i => ShardAllocation.ShardOf($"entity-{i}", 32)).Select(group => group.Count())
            .ShouldAllBe(count => count > 60 && count < 150);
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"member-{i}")];

    private static int[] Loads(string[] owners) => [.. owners.GroupBy(owner => owner).Select(group => group.Count())];
}
