using Sluice.Actors.Pools.Policies;

namespace Sluice.Actors.Tests.Pools.Policies;

public sealed class LanesSpecs
{
    [Fact]
    public void With_one_at_a_time_each_waits_for_all_before_it()
    {
        var lanes = new Lanes(Settings.Policy(PolicyKind.All), atOnce: 1);
        var (first, second) = (lanes.Add("a", 0), lanes.Add("b", 0));
        lanes.Add("c", 0);

        first.Tried = 7;
        second.Tried = 5;

        lanes.ReleasedUpTo("a").ShouldBe(long.MaxValue);
        lanes.ReleasedUpTo("b").ShouldBe(7);
        lanes.ReleasedUpTo("c").ShouldBe(5);
    }

    [Fact]
    public void With_two_at_a_time_one_of_those_before_may_still_be_busy()
    {
        var lanes = new Lanes(Settings.Policy(PolicyKind.All), atOnce: 2);
        var (first, second) = (lanes.Add("a", 0), lanes.Add("b", 0));
        lanes.Add("c", 0);

        first.Tried = 3;
        second.Tried = 9;

        lanes.ReleasedUpTo("b").ShouldBe(long.MaxValue);
        lanes.ReleasedUpTo("c").ShouldBe(9);
    }

    [Fact]
    public void Nobody_waits_for_one_that_is_put_off()
    {
        var lanes = new Lanes(Settings.Policy(PolicyKind.All), atOnce: 1);
        lanes.Add("a", 0).IsPutOff = true;
        lanes.Add("b", 0);

        lanes.ReleasedUpTo("b").ShouldBe(long.MaxValue);
    }

    [Fact]
    public void With_a_quorum_what_enough_have_delivered_relieves_the_rest()
    {
        var lanes = new Lanes(Settings.Policy(PolicyKind.Quorum, 2), atOnce: 3);
        lanes.Add("a", 0).Done = 10;
        lanes.Add("b", 0).Done = 6;
        lanes.Add("c", 0).Done = 1;

        lanes.Relieved().UpTo.ShouldBe(6);
    }

    [Fact]
    public void What_one_found_undeliverable_counts_as_not_delivered_by_it()
    {
        var lanes = new Lanes(Settings.Policy(PolicyKind.Any), atOnce: 2);
        var first = lanes.Add("a", 0);
        lanes.Add("b", 0);
        first.Done = 10;
        first.Undeliverable.Add(4);

        var relief = lanes.Relieved();

        relief.Covers(3).ShouldBeTrue();
        relief.Covers(4).ShouldBeFalse();
        relief.Covers(10).ShouldBeTrue();
        relief.Covers(11).ShouldBeFalse();
    }

    [Fact]
    public void What_everybody_has_passed_is_forgotten()
    {
        var lanes = new Lanes(Settings.Policy(PolicyKind.Any), atOnce: 2);
        var (first, second) = (lanes.Add("a", 0), lanes.Add("b", 0));
        (first.Done, second.Done) = (10, 8);
        first.Undeliverable.UnionWith([3, 9]);

        lanes.Relieved();

        first.Undeliverable.ShouldBe([9]);
    }

    [Fact]
    public void When_all_are_owed_everything_nobody_is_relieved()
    {
        var lanes = new Lanes(Settings.Policy(PolicyKind.All), atOnce: 2);
        lanes.Add("a", 0).Done = 10;
        lanes.Add("b", 0).Done = 10;

        lanes.Relieved().ShouldBe(Relief.None);
        lanes.CanRelieve.ShouldBeFalse();
    }

    [Fact]
    public void Fallback_lets_the_next_one_see_only_what_those_before_have_tried_or_put_off()
    {
        var lanes = new Lanes(Settings.Policy(PolicyKind.Fallback), atOnce: 8);
        lanes.Add("a", 0).Tried = 4;
        lanes.Add("b", 0);

        lanes.AreGated.ShouldBeTrue();
        lanes.ReleasedUpTo("b").ShouldBe(4);
    }
}
