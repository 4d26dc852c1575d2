using Sluice.Actors.Tubes.Fusion;

namespace Sluice.Actors.Tests.Tubes;

public class PaceSpecs
{
    private static readonly TimeSpan Short = Pace.Limit / 2;
    private static readonly TimeSpan Long = Pace.Limit * 2;

    [Fact]
    public void A_node_is_not_quick_until_it_was_seen_to_be()
    {
        var pace = new Pace();
        pace.IsQuick.ShouldBeFalse();

        pace.Measured(Long);
        pace.IsQuick.ShouldBeFalse();

        pace.Measured(Short);
        pace.IsQuick.ShouldBeTrue();
    }

    [Fact]
    public void One_long_call_does_not_make_a_quick_node_slow()
    {
        var pace = Quick();

        pace.Measured(Long);

        pace.IsQuick.ShouldBeTrue();
        pace.IsMeasureDue.ShouldBeTrue("a suspicion is followed up with the next call");
    }

    [Fact]
    public void Long_calls_again_and_again_make_a_node_slow()
    {
        var pace = Quick();

        for (var call = 0; call < 4; call++)
        {
            pace.Measured(Long);
        }

        pace.IsQuick.ShouldBeFalse();
    }

    [Fact]
    public void A_node_that_has_been_slow_must_be_quick_for_longer()
    {
        var pace = Quick();
        pace.BecomeSlow();

        for (var call = 0; call < 7; call++)
        {
            pace.Measured(Short);
        }

        pace.IsQuick.ShouldBeFalse();
        pace.Measured(Short);
        pace.IsQuick.ShouldBeTrue();
    }

    [Fact]
    public void Of_many_quick_calls_few_are_measured()
    {
        var pace = Quick();

        Enumerable.Range(0, 640).Count(_ => pace.IsMeasureDue).ShouldBe(10);
    }

    private static Pace Quick()
    {
        var pace = new Pace();
        pace.Measured(Short);
        return pace;
    }
}
