using Sluice.TestKit;

namespace Sluice.Kernel.Tests.TestKit;

public sealed class WaitingSpecs : KitSpecs
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void An_assertion_is_tried_again_until_it_holds()
    {
        var tries = 0;

        AwaitAssert(() => (++tries).ShouldBe(3), interval: TimeSpan.FromMilliseconds(1));

        tries.ShouldBe(3);
    }

    [Fact]
    public void An_assertion_that_never_holds_fails_with_what_it_says() =>
        Should.Throw<ShouldAssertException>(() => AwaitAssert(() => 1.ShouldBe(2), Short));

    [Fact]
    public async Task A_condition_is_looked_at_until_it_is_true()
    {
        var looks = 0;

        await AwaitConditionAsync(() => ++looks == 3, interval: TimeSpan.FromMilliseconds(1));

        looks.ShouldBe(3);
        await Should.ThrowAsync<ExpectationException>(async () => await AwaitConditionAsync(() => false, Short));
    }

    [Fact]
    public void Within_is_the_limit_of_the_expectations_inside()
    {
        var failure = Should.Throw<ExpectationException>(() => Within(Short, () => ExpectMsg<string>()));

        // What was left of it, which may be nothing.
        failure.Message.ShouldStartWith("Expected a String, got nothing within 00:00:00.");
        Should.Throw<InvalidOperationException>(() => Remaining);
    }

    [Fact]
    public void An_inner_within_never_outlasts_the_outer_one() =>
        Within(Second * 10, () => Within(Second * 20, () => Remaining.ShouldBeLessThanOrEqualTo(Second * 10)));

    [Fact]
    public void A_block_that_ends_too_early_fails() =>
        Should.Throw<ExpectationException>(() => Within(Second * 10, Second * 20, () => { })).Message.ShouldContain("should take from 00:00:10");

    [Fact]
    public async Task A_block_gives_its_result()
    {
        TestActor.Tell("done", TestActor);

        (await WithinAsync(TimeSpan.Zero, Second * 20, async () => await ExpectMsgAsync<string>())).ShouldBe("done");
    }
}
