using Sluice.Actors.Pools.Pacing;

namespace Sluice.Actors.Tests.Pools.Pacing;

public sealed class CatchUpSpecs
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void Pool_3_8_with_both_there_the_backlog_gets_its_share_of_the_items(double share)
    {
        var catchUp = new CatchUp(share);
        var (backlog, live) = (0, 0);

        for (var batch = 0; batch < 1000; batch++)
        {
            var items = 1 + (batch % 7);
            var isBacklog = catchUp.NextIsBacklog(hasBacklog: true, hasLive: true);
            catchUp.Sent(items, isBacklog);
            backlog += isBacklog ? items : 0;
            live += isBacklog ? 0 : items;
        }

        ((double)backlog / (backlog + live)).ShouldBe(share, 0.02);
    }

    [Fact]
    public void A_side_with_nothing_to_send_leaves_its_share_to_the_other_and_saves_nothing_up()
    {
        var catchUp = new CatchUp(0.5);
        for (var batch = 0; batch < 100; batch++)
        {
            catchUp.NextIsBacklog(hasBacklog: true, hasLive: false).ShouldBeTrue();
            catchUp.Sent(10, backlog: true);
        }

        catchUp.NextIsBacklog(hasBacklog: false, hasLive: true).ShouldBeFalse();
        catchUp.Sent(10, backlog: false);

        catchUp.NextIsBacklog(hasBacklog: true, hasLive: true).ShouldBeTrue();
    }
}
