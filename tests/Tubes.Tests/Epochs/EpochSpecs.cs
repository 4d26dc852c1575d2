using Sluice.Tubes.Epochs;

namespace Sluice.Tubes.Tests.Epochs;

public class EpochSpecs
{
    private static readonly Epoch s_inner = new Epoch(3).Child("b", 0).Child("c", 2);

    [Fact]
    public void An_epoch_is_written_as_its_path_and_read_back()
    {
        s_inner.ToString().ShouldBe("3/b:0/c:2");
        Epoch.Parse("3/b:0/c:2").ShouldBe(s_inner);
        Epoch.Parse("7").ShouldBe(new Epoch(7));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1/")]
    [InlineData("1/b")]
    [InlineData("1/:2")]
    [InlineData("1/b:x")]
    public void What_is_not_an_epoch_is_refused_with_an_example(string text) =>
        Should.Throw<FormatException>(() => Epoch.Parse(text)).Message.ShouldContain("3/b:0");

    [Fact]
    public void Parents_come_nearest_first_and_end_at_the_root()
    {
        s_inner.Parents.Select(epoch => epoch.ToString()).ShouldBe(["3/b:0", "3"]);
        s_inner.Parent.ShouldBe(new Epoch(3).Child("b", 0));
        new Epoch(3).Parent.ShouldBeNull();
        s_inner.RootEpoch.ShouldBe(new Epoch(3));
        (s_inner.Depth, s_inner.LeafNode, s_inner.LeafIndex, s_inner.IsRoot).ShouldBe((2, "c", 2L, false));
    }

    [Fact]
    public void Arithmetic_changes_the_last_segment_and_refuses_to_go_below_zero()
    {
        (s_inner + 3).ToString().ShouldBe("3/b:0/c:5");
        (new Epoch(3) - 1).ShouldBe(new Epoch(2));
        Should.Throw<ArgumentOutOfRangeException>(() => new Epoch(3) - 4);
        Should.Throw<ArgumentOutOfRangeException>(() => s_inner - 3);
        new Epoch(1).Children("m", 3).ShouldBe([new Epoch(1).Child("m", 0), new Epoch(1).Child("m", 1), new Epoch(1).Child("m", 2)]);
    }

    [Fact]
    public void Epochs_are_ordered_by_root_then_segment_by_segment_with_parents_first()
    {
        string[] ordered = ["0", "0/b:0", "0/b:0/c:0", "0/b:0/c:1", "0/b:1", "0/b:10", "1", "1/b:0", "2"];

        ordered.Reverse().Select(Epoch.Parse).Order().Select(epoch => epoch.ToString()).ShouldBe(ordered);
        (Epoch.Parse("0/b:1") > Epoch.Parse("0/b:0/c:9")).ShouldBeTrue();
        (Epoch.Parse("0/b:1") <= Epoch.Parse("0/b:1")).ShouldBeTrue();
    }

    [Fact]
    public void Rule_0_9_epochs_of_different_maps_are_ordered_by_place_in_the_tube_not_by_name() =>
        new Epoch(0).Child("z", 1, 0).CompareTo(new Epoch(0).Child("a", 2, 0)).ShouldBeNegative();

    [Fact]
    public void Equality_and_hash_go_by_value()
    {
        var same = Epoch.Parse(s_inner.ToString());
        (same == s_inner).ShouldBeTrue();
        same.GetHashCode().ShouldBe(s_inner.GetHashCode());
        (same != new Epoch(3)).ShouldBeTrue();
        new Epoch(3).Equals((object)3).ShouldBeFalse();
    }

    [Fact]
    public void An_epoch_is_below_those_around_it_only()
    {
        s_inner.IsBelow(new Epoch(3)).ShouldBeTrue();
        s_inner.IsBelow(new Epoch(3).Child("b", 0)).ShouldBeTrue();
        s_inner.IsBelow(new Epoch(3).Child("b", 1)).ShouldBeFalse();
        s_inner.IsBelow(s_inner).ShouldBeFalse();
        s_inner.IsBelow(new Epoch(2)).ShouldBeFalse();
    }

    [Fact]
    public void Root_epochs_allocate_nothing()
    {
        var epoch = new Epoch(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1000; round++)
        {
            epoch = (epoch + 1).RootEpoch;
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        epoch.Root.ShouldBe(1000);
    }
}
