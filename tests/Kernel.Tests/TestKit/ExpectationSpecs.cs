using Sluice.Kernel.Actor;
using Sluice.TestKit;

namespace Sluice.Kernel.Tests.TestKit;

public sealed class ExpectationSpecs : KitSpecs
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void What_the_test_tells_is_answered_to_the_test_actor()
    {
        StartEcho().Tell("hello");

        ExpectMsg("hello");
    }

    [Fact]
    public async Task The_test_actor_stays_the_sender_after_an_await()
    {
        await Task.Yield();
        StartEcho().Tell("hello");

        await ExpectMsgAsync("hello");
    }

    [Fact]
    public void A_message_is_expected_by_type_value_predicate_or_assertion()
    {
        var echo = StartEcho();
        foreach (var number in new[] { 1, 2, 3, 4 })
        {
            echo.Tell(number);
        }

        ExpectMsg<int>().ShouldBe(1);
        ExpectMsg(2);
        ExpectMsg<int>(number => number > 2);
        ExpectMsg<int>(number => number.ShouldBe(4));
        LastSender.ShouldBe(echo);
    }

    [Fact]
    public void Another_message_than_the_expected_one_fails_the_test_and_is_named()
    {
        TestActor.Tell("other");

        Should.Throw<ExpectationException>(() => ExpectMsg(1)).Message.ShouldStartWith("Expected <1>, got a String <other> from");
    }

    [Fact]
    public void A_message_that_does_not_come_fails_the_test() =>
        Should.Throw<ExpectationException>(() => ExpectMsg<string>(Short)).Message.ShouldStartWith("Expected a String, got nothing within 00:00:00.02");

    [Fact]
    public void All_of_several_messages_are_expected_in_any_order()
    {
        TestActor.Tell("b");
        TestActor.Tell("a");

        ExpectMsgAllOf("a", "b").ShouldBe(["b", "a"]);
    }

    [Fact]
    public void One_of_several_messages_that_is_missing_is_named()
    {
        TestActor.Tell("a");
        TestActor.Tell("a");

        Should.Throw<ExpectationException>(() => ExpectMsgAllOf("a", "b")).Message.ShouldContain("not found <b>, in their place came <a>");
    }

    [Fact]
    public void Any_of_several_messages_is_expected()
    {
        TestActor.Tell("b");

        ExpectMsgAnyOf("a", "b").ShouldBe("b");
    }

    [Fact]
    public void Fishing_passes_over_other_messages()
    {
        TestActor.Tell("small fry");
        TestActor.Tell(1);
        TestActor.Tell(2);

        FishForMessage<int>(number => number == 2).ShouldBe(2);
        Should.Throw<ExpectationException>(() => FishForMessage<int>(_ => true, Short));
    }

    [Fact]
    public void A_number_of_messages_is_received()
    {
        TestActor.Tell(1);
        TestActor.Tell("two");

        ReceiveN(2).ShouldBe([1, "two"]);
        Should.Throw<ExpectationException>(() => ReceiveN(1, Short));
    }

    [Fact]
    public void Messages_are_received_while_they_fit_and_the_first_that_does_not_is_left()
    {
        TestActor.Tell(1);
        TestActor.Tell(2);
        TestActor.Tell(30);

        ReceiveWhile<int>(number => number < 10).ShouldBe([1, 2]);
        ExpectMsg(30);
    }

    [Fact]
    public void Receiving_ends_after_a_number_of_messages_or_a_pause()
    {
        TestActor.Tell("a");
        TestActor.Tell("b");
        TestActor.Tell("c");

        ReceiveWhile(message => message as string, msgs: 2).ShouldBe(["a", "b"]);
        AwaitCondition(() => HasMessages);
        ReceiveWhile(message => message as string, idle: Short).ShouldBe(["c"]);
    }

    [Fact]
    public void No_message_is_expected_for_a_while_or_proven_at_once()
    {
        ExpectNoMsg(Short);
        TestActor.Tell("here");

        Should.Throw<ExpectationException>(() => ExpectNoMsg(TimeSpan.Zero)).Message.ShouldContain("got a String <here>");
    }

    [Fact]
    public void That_an_actor_sent_nothing_is_proven_by_its_next_answer()
    {
        var silent = Start(me => me.OnAny(_ => { }));
        var echo = StartEcho();
        silent.Tell("quiet");
        ExpectNoMsgFrom(silent, echo);

        echo.Tell("loud");

        Should.Throw<ExpectationException>(() => ExpectNoMsgFrom(silent, echo)).Message.ShouldContain("got a String <loud>");
    }

    [Fact]
    public void The_end_of_a_watched_actor_is_expected()
    {
        var actor = Watch(StartEcho());
        var other = StartEcho();

        Sys.Stop(actor);

        ExpectTerminated(actor).ExistenceConfirmed.ShouldBeTrue();
        Watch(other);
        Sys.Stop(other);
        Should.Throw<ExpectationException>(() => ExpectTerminated(actor));
    }

    [Fact]
    public void Nothing_is_seen_of_the_end_of_an_actor_that_is_not_watched_any_more()
    {
        var actor = Unwatch(Watch(StartEcho()));

        Sys.Stop(actor);
        CreateTestProbe().Watch(actor);

        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Ignored_messages_are_left_out_until_none_are()
    {
        IgnoreMessages<int>();
        TestActor.Tell(1);
        TestActor.Tell("text");
        ExpectMsg("text");

        IgnoreNoMessages();
        TestActor.Tell(2);

        ExpectMsg(2);
    }

    [Fact]
    public void A_cancelled_expectation_ends_at_once()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Should.Throw<OperationCanceledException>(() => ExpectMsg<string>(cancellationToken: cancelled.Token));
    }
}
