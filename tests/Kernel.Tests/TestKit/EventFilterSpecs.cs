using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;
using Sluice.TestKit;

namespace Sluice.Kernel.Tests.TestKit;

public sealed class EventFilterSpecs() : KitSpecs("sluice.kernel.loglevel = DEBUG, sluice.test.filter-leeway = 15s")
{
    [Fact]
    public void Log_events_are_expected_by_their_text()
    {
        EventFilter.Error("gone: 1").ExpectOne(() => Sys.Log.Error("gone: {0}", 1));
        EventFilter.Warning(start: "go").ExpectOne(() => Sys.Log.Warning("gone"));
        EventFilter.Info(contains: "on").Expect(2, () =>
        {
            Sys.Log.Info("gone");
            Sys.Log.Warning("gone");
            Sys.Log.Info("upon");
        });
        EventFilter.Debug(new System.Text.RegularExpressions.Regex("^g.n")).ExpectOne(() => Sys.Log.Debug("gone"));
    }

    [Fact]
    public void The_failure_of_an_actor_is_expected_by_its_exception()
    {
        var actor = Start(me => me.On<string>(text => throw new InvalidOperationException(text)), "failing");

        EventFilter.Exception<InvalidOperationException>("no", source: "/user/failing").ExpectOne(() => actor.Tell("no"));
    }

    [Fact]
    public void Dead_letters_are_expected_by_their_message()
    {
        EventFilter.DeadLetter<string>(text => text == "late").ExpectOne(() => Sys.DeadLetters.Tell("late"));
        EventFilter.DeadLetter().Expect(2, () =>
        {
            Sys.DeadLetters.Tell(1);
            Sys.DeadLetters.Tell("two");
        });
    }

    [Fact]
    public async Task Unhandled_messages_are_expected_by_their_type()
    {
        var actor = Start(me => me.On<int>(_ => { }));

        await EventFilter.Unhandled<string>().ExpectOneAsync(() => actor.Tell("what?"));
    }

    [Fact]
    public void An_event_that_does_not_come_fails_the_test() =>
        Should.Throw<ExpectationException>(() => EventFilter.Error().ExpectOne(TimeSpan.FromMilliseconds(20), () => { }))
            .Message.ShouldBe("Expected 1 events of the filter, got 0 within 00:00:00.0200000.");

    [Fact]
    public void More_events_than_expected_fail_the_test() =>
        Should.Throw<ExpectationException>(() => EventFilter.Error().Expect(0, () => Sys.Log.Error("one")))
            .Message.ShouldBe("Expected 0 events of the filter, got 1.");

    [Fact]
    public void Filters_are_joined() =>
        EventFilter.Error("a").And.Warning("b").And.Custom<UnhandledMessage>(_ => true).Expect(2, () =>
        {
            Sys.Log.Error("a");
            Sys.Log.Warning("b");
            Sys.Log.Warning("a");
        });

    [Fact]
    public void Muted_events_are_left_out_of_the_output()
    {
        var output = new Output();
        var kit = new Sluice.TestKit.TestKit(Sys, output);

        kit.EventFilter.Error("muted").Mute(() => Sys.Log.Error("muted"));
        Sys.Log.Error("written");

        output.Lines.ShouldHaveSingleItem().ShouldEndWith("written");
    }

    private sealed class Output : Xunit.Abstractions.ITestOutputHelper
    {
        public List<string> Lines { get; } = [];

        public void WriteLine(string message) => Lines.Add(message);

        public void WriteLine(string format, params object[] args) => Lines.Add(string.Format(null, format, args));
    }
}
