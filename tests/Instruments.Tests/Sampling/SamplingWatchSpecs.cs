using Sluice.Instruments.Events;
using Sluice.Instruments.Sampling;
using Sluice.TestKit;

namespace Sluice.Instruments.Tests.Sampling;

public sealed class SamplingWatchSpecs
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Count = TimeSpan.FromMilliseconds(10);
    private readonly TestClock _clock = new();

    // Written by the watch's thread, read by the test's: replaced whole.
    private volatile CompositeInstrument[] _looks = [];
    private volatile CompositeInstrument? _errors;
    private volatile CompositeInstrument? _count;

    [Fact]
    public async Task Instruments_3_a_quiet_tube_is_watched_all_the_time_and_shown_with_what_waits()
    {
        await using var watch = new SamplingWatch(Join, _clock);
        Call(0);
        Ready(1);

        _clock.Advance(Frame);
        await UntilAsync(() => watch.Latest.Count > 0);

        var sample = watch.Latest.ShouldHaveSingleItem();
        (sample.Tube, sample.Node, sample.Waiting, sample.Faults, sample.CallsPerSecond).ShouldBe(("etl", "double", 1.0, 0, 4.0));
        _looks.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Instruments_3_a_busy_tube_is_left_alone_after_so_many_calls_until_the_next_look()
    {
        await using var watch = new SamplingWatch(Join, _clock);

        BeBusy();

        _looks.ShouldHaveSingleItem().HasEnded.ShouldBeTrue();
        _clock.Advance(Frame);
        await UntilAsync(() => _count is not null);
        _clock.Advance(Count);
        await UntilAsync(() => _looks.Length > 1);
        _count!.HasEnded.ShouldBeTrue();
    }

    [Fact]
    public async Task Instruments_3_the_calls_of_a_busy_tube_are_counted_while_they_are_not_timed()
    {
        await using var watch = new SamplingWatch(Join, _clock);
        BeBusy();

        _clock.Advance(Frame);
        await UntilAsync(() => _count is not null);
        for (var call = 0; call < 100; call++)
        {
            var epoch = 5_000 + call;
            _count!.OnNodeFinish(new NodeTurn(EveryHook.Tube, EveryHook.Node, ItemView.Of(in epoch)));
            _clock.Advance(Count / 100);
        }

        await UntilAsync(() => watch.Latest.Count > 0);
        watch.Latest.ShouldHaveSingleItem().CallsPerSecond.ShouldBe(10_000, "those that were timed came at 50,000 a second, but that is no matter");
    }

    [Fact]
    public async Task Instruments_3_every_failure_of_a_busy_tube_counts_also_between_the_looks()
    {
        await using var watch = new SamplingWatch(Join, _clock);
        BeBusy();

        Fail(1);
        Fail(2);
        _clock.Advance(Frame);
        await UntilAsync(() => _count is not null);
        _clock.Advance(Count);
        await UntilAsync(() => watch.Latest.Count > 0);
        watch.Latest.ShouldHaveSingleItem().Faults.ShouldBe(2);

        await UntilAsync(() => _looks.Length > 1);
        Call(5_000);
        Fail(3);
        await UntilAsync(() =>
        {
            _clock.Advance(Frame);
            return watch.Latest.ShouldHaveSingleItem().Faults == 3;
        });
    }

    [Fact]
    public async Task A_node_that_failed_is_shown_although_no_call_of_it_was_seen()
    {
        await using var watch = new SamplingWatch(Join, _clock);

        Fail(1);
        _clock.Advance(Frame);

        await UntilAsync(() => watch.Latest.Count > 0);
        var sample = watch.Latest.ShouldHaveSingleItem();
        (sample.Tube, sample.Node, sample.Faults, sample.CallsPerSecond).ShouldBe(("etl", "double", 1, 0.0));
    }

    [Fact]
    public async Task Whoever_stops_watching_leaves_the_tube_alone()
    {
        await using (new SamplingWatch(Join, _clock))
        {
            _looks.ShouldHaveSingleItem().HasEnded.ShouldBeFalse();
        }

        _looks.ShouldAllBe(look => look.HasEnded);
        _errors!.HasEnded.ShouldBeTrue();
    }

    // One is there all the time, for the errors alone; the others come and go, some of them only to count.
    private void Join(InstrumentScope scope)
    {
        var watching = CompositeInstrument.With(null, scope);
        if (scope.Instrument.Hooks == InstrumentHooks.NodeError)
        {
            _errors = watching;
        }
        else if (scope.Instrument.Hooks == InstrumentHooks.NodeFinish)
        {
            _count = watching;
        }
        else
        {
            _looks = [.. _looks, watching];
        }
    }

    private void BeBusy()
    {
        for (var epoch = 0; epoch < 5_000; epoch++)
        {
            _clock.Advance(TimeSpan.FromMicroseconds(20));
            Call(epoch);
        }
    }

    private void Fail(int epoch)
    {
        var error = new NodeTurn(EveryHook.Tube, EveryHook.Node, ItemView.Of(in epoch), new InvalidDataException("bad row"));
        _errors?.OnNodeError(error);
        _looks[^1].OnNodeError(error);
    }

    private void Ready(int epoch) => _looks[^1].OnNodeReady(new NodeTurn(EveryHook.Tube, EveryHook.Node, ItemView.Of(in epoch)));

    private void Call(int epoch)
    {
        Ready(epoch);
        _looks[^1].OnNodeStart(new NodeTurn(EveryHook.Tube, EveryHook.Node, ItemView.Of(in epoch)));
        _looks[^1].OnNodeFinish(new NodeTurn(EveryHook.Tube, EveryHook.Node, ItemView.Of(in epoch)));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Deadline.Length);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, deadline.Token);
        }
    }
}
