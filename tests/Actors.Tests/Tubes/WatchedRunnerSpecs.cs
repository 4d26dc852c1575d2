using Sluice.Actors.Tests.Tubes.Samples;
using Sluice.Instruments;
using Sluice.Tubes.Runners;

namespace Sluice.Actors.Tests.Tubes;

/// <summary>How instruments and runners come together and part.</summary>
public sealed class WatchedRunnerSpecs
{
    private const string Chain = """
        nodes:
          a: { type: T.Nodes.Count }
          b: { type: T.Nodes.Twice, depends: a.value }
          r: { type: return, depends: b.value }
        """;

    public static TheoryData<string> Kinds => ["sync", "async"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_nested_tube_is_watched_under_its_place(string kind)
    {
        var seen = await Watched.RunAsync(kind, """
            nodes:
              a: { type: T.Nodes.Count }
              inner:
                type: tube
                depends: [x: a.value]
                params:
                  tube:
                    noob_id: child
                    input: { x: { type: int, scope: process } }
                    nodes:
                      b: { type: T.Nodes.Twice, depends: input.x }
            """, async runner => await runner.RunAsync(1));

        seen.Of("RunStart").ShouldBe(["test", "test/inner"]);
        seen.Of("NodeEmitted").ShouldContain("test/inner:b.value 0 0");
        seen.Of("RunEnd").ShouldBe(["test/inner", "test"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Durations_are_taken_only_for_those_who_want_them(string kind)
    {
        var options = new RunnerOptions { Time = new SteppingClock() };
        var (hurried, timed) = (new TubeRecorder(), new TubeRecorder(needsTiming: true));
        using (hurried.Enter())
        {
            await using var subject = Watched.Of(kind, Chain, options);
            await subject.Runner.RunAsync(2);
        }

        using (timed.Enter())
        {
            await using var subject = Watched.Of(kind, Chain, options);
            await subject.Runner.RunAsync(2);
        }

        hurried.Elapsed.ShouldAllBe(elapsed => elapsed == TimeSpan.Zero);
        timed.Elapsed.ShouldAllBe(elapsed => elapsed > TimeSpan.Zero);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Nothing_fires_once_the_scope_has_ended(string kind)
    {
        var seen = new TubeRecorder();
        await using var subject = Watched.Of(kind, Chain);
        using (seen.Enter())
        {
            await subject.Runner.ProcessAsync();
        }

        var before = seen.All.Length;
        await subject.Runner.ProcessAsync();

        seen.All.Length.ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_runner_that_goes_on_can_be_watched_from_now_on(string kind)
    {
        var seen = new TubeRecorder();
        await using var subject = Watched.Of(kind, Chain);
        await subject.Runner.ProcessAsync();

        subject.Runner.Watch(InstrumentScope.Detached(seen));
        await subject.Runner.ProcessAsync();

        seen.Of("EpochStart").ShouldBe(["test 1"]);
        seen.Of("NodeEmitted").ShouldContain("test:b.value 1 2");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Who_joined_a_runner_before_its_run_sees_it_beside_those_who_are_active_where_it_begins(string kind)
    {
        var (joined, active) = (new TubeRecorder(), new TubeRecorder());
        await using var subject = Watched.Of(kind, Chain);
        subject.Runner.Watch(InstrumentScope.Detached(joined));

        using (active.Enter())
        {
            await subject.Runner.RunAsync(1);
        }

        joined.Of("RunStart").ShouldBe(["test"]);
        joined.Of("NodeFinish").ShouldBe(active.Of("NodeFinish"), ignoreOrder: true);
        active.Of("NodeFinish").Length.ShouldBe(3);
    }

    /// <summary>Each reading is a millisecond after the one before: a call of a few nanoseconds takes time too.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Interlocked.Increment(ref _now);
    }
}
