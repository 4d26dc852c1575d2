using Microsoft.Extensions.Logging;
using Sluice.Exporters.Events;
using Sluice.Exporters.Tests.Isolation;
using Sluice.TestKit;

namespace Sluice.Exporters.Tests;

public sealed class LifecycleSpecs : IDisposable
{
    private readonly EventStream _events = new();
    private readonly RecordingLog _log = new();
    private readonly TestClock _clock = new();

    private ContextState Context => new() { Name = "run", Events = _events };

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Exporters_2_1_a_start_subscribes_and_its_disposal_ends_it()
    {
        var exporter = NewProbe();

        await using (await exporter.StartAsync())
        {
            (await exporter.WaitReadyAsync().Within()).ShouldBeTrue();
            exporter.IsRunning.ShouldBeTrue();
            _events.Publish(Happenings.Moment("1"));
        }

        _events.Publish(Happenings.Moment("2"));
        exporter.IsRunning.ShouldBeFalse();
        exporter.Seen.ShouldBe(["1"]);
    }

    [Fact]
    public async Task Exporters_2_1_who_waits_for_readiness_before_the_start_is_told()
    {
        var exporter = NewProbe();
        var waiting = exporter.WaitReadyAsync();
        waiting.IsCompleted.ShouldBeFalse();

        await exporter.StartAsync();

        (await waiting.Within()).ShouldBeTrue();
    }

    [Fact]
    public async Task Exporters_2_1_preparation_comes_before_the_first_event()
    {
        var exporter = NewProbe();
        exporter.OnStart = () =>
        {
            exporter.IsRunning.ShouldBeFalse();
            _events.Publish(Happenings.Moment("too early"));
            return ValueTask.CompletedTask;
        };

        await exporter.StartAsync();

        exporter.Seen.ShouldBeEmpty();
        exporter.Counters.Faults.ShouldBe(0);
    }

    [Fact]
    public async Task Exporters_2_1_starting_twice_is_harmless()
    {
        var exporter = NewProbe();

        await exporter.StartAsync();
        await exporter.StartAsync();
        _events.Publish(Happenings.Moment("1"));

        exporter.Seen.ShouldBe(["1"]);
    }

    [Fact]
    public async Task Exporters_2_1_without_an_event_stream_it_warns_does_not_run_and_nobody_waits_for_ever()
    {
        var exporter = new Probe(new ContextState { Name = "deaf" }, _log);
        var waiting = exporter.WaitReadyAsync();

        await using (await exporter.StartAsync())
        {
            exporter.IsRunning.ShouldBeFalse();
        }

        (await waiting.Within()).ShouldBeFalse();
        _log.Warnings.ShouldBe(["Exporter 'Probe' does not run: its context 'deaf' has no event stream"]);
    }

    [Fact]
    public async Task An_exporter_can_be_started_again_after_a_stop()
    {
        var exporter = NewProbe();
        await (await exporter.StartAsync()).DisposeAsync();

        await exporter.StartAsync();
        _events.Publish(Happenings.Moment("1"));

        (await exporter.WaitReadyAsync().Within()).ShouldBeTrue();
        exporter.Seen.ShouldBe(["1"]);
        exporter.Shutdown.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Exporters_2_2_an_event_returns_at_once_and_its_work_is_tracked()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var exporter = NewProbe();
        exporter.Work = _ => new ValueTask(release.Task);
        await exporter.StartAsync();

        _events.Publish(Happenings.Moment("1"));

        exporter.Counters.RunningTasks.ShouldBe(1);
        release.SetResult();
        await exporter.WaitForTasksAsync().Within();
        exporter.Counters.RunningTasks.ShouldBe(0);
    }

    [Fact]
    public async Task Exporters_2_3_the_streams_fault_is_logged()
    {
        var exporter = NewProbe();
        await exporter.StartAsync();

        _events.Fail(new IOException("broken"));

        var (level, text, fault) = _log.Lines.Single();
        (level, text).ShouldBe((LogLevel.Error, "Exporter 'Probe': the event stream of 'run' has failed"));
        fault.ShouldBeOfType<IOException>();
    }

    [Fact]
    public async Task Exporters_2_3_the_streams_end_is_logged()
    {
        var exporter = NewProbe();
        await exporter.StartAsync();

        _events.Complete();

        _log.Lines.Single().Text.ShouldBe("Exporter 'Probe': the event stream of 'run' has ended");
    }

    [Fact]
    public async Task Exporters_2_4_a_stop_does_not_wait_for_background_work_which_finishes_by_itself()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var finished = false;
        var exporter = NewProbe();
        exporter.Work = async _ =>
        {
            await release.Task;
            finished = true;
        };
        await exporter.StartAsync();
        _events.Publish(Happenings.Moment());

        await exporter.StopAsync().Within();

        exporter.Counters.RunningTasks.ShouldBe(0);
        finished.ShouldBeFalse();
        release.SetResult();
        await exporter.WaitForTasksAsync().Within();
        finished.ShouldBeTrue();
    }

    [Fact]
    public async Task Exporters_2_4_cleanup_runs_once_not_running_and_after_the_signal()
    {
        var cleanups = 0;
        var exporter = NewProbe();
        exporter.OnStop = () =>
        {
            cleanups++;
            exporter.IsRunning.ShouldBeFalse();
            exporter.Shutdown.IsCancellationRequested.ShouldBeTrue();
            return ValueTask.CompletedTask;
        };
        await exporter.StartAsync();

        await exporter.StopAsync();
        await exporter.StopAsync();

        cleanups.ShouldBe(1);
        exporter.Counters.Faults.ShouldBe(0);
    }

    [Fact]
    public async Task Exporters_2_4_stopping_what_never_ran_is_harmless() => await new Probe().StopAsync();

    [Fact]
    public async Task Exporters_2_4_waiting_for_tasks_ends_at_its_timeout_with_a_warning()
    {
        var exporter = NewProbe();
        exporter.Work = cancelled => new ValueTask(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled));
        await exporter.StartAsync();
        _events.Publish(Happenings.Moment());
        var waiting = exporter.WaitForTasksAsync();
        waiting.IsCompleted.ShouldBeFalse();

        _clock.Advance(TimeSpan.FromSeconds(5));
        await waiting.Within();

        _log.Warnings.ShouldBe(["Exporter 'Probe': 1 background tasks still run after 00:00:05; they finish by themselves"]);
        await exporter.CancelTasksAsync().Within();
    }

    [Fact]
    public async Task Exporters_2_4_tasks_can_be_cancelled()
    {
        var exporter = NewProbe();
        exporter.Work = cancelled => new ValueTask(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled));
        await exporter.StartAsync();
        _events.Publish(Happenings.Moment());

        await exporter.CancelTasksAsync().Within();

        exporter.Counters.RunningTasks.ShouldBe(0);
        exporter.Counters.Faults.ShouldBe(0);
    }

    [Fact]
    public async Task Exporters_2_5_a_throwing_exporter_harms_neither_the_stream_nor_another_exporter()
    {
        var bad = NewProbe();
        bad.OnExport = _ => throw new InvalidOperationException("bad");
        var good = NewProbe();
        await bad.StartAsync();
        await good.StartAsync();

        _events.Publish(Happenings.Moment("1"));
        _events.Publish(Happenings.Moment("2"));

        good.Seen.ShouldBe(["1", "2"]);
        bad.Counters.Faults.ShouldBe(2);
        _events.Faults.ShouldBe(0);
    }

    [Fact]
    public async Task Exporters_2_5_a_fault_is_logged_once_per_cause_also_when_many_copies_meet_it()
    {
        var original = NewProbe();
        var causes = new Queue<string>(["a", "b", "a", "a", "b", "a"]);
        original.OnExport = _ => throw new InvalidOperationException(causes.Dequeue());
        var copies = Enumerable.Range(0, 2).Select(_ => (Probe)original.CreateIsolatedInstance(Context)).ToList();
        foreach (var copy in copies)
        {
            await copy.StartAsync();
        }

        _events.Publish(Happenings.Moment());
        _events.Publish(Happenings.Moment());
        _events.Publish(Happenings.Moment());

        _log.Lines.Select(line => line.Fault?.Message).ShouldBe(["a", "b"]);
        copies.Select(copy => copy.Counters.Faults).ShouldBe([3, 3]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Exporters_2_5_a_fault_while_starting_or_stopping_stays_inside(bool starting)
    {
        var exporter = NewProbe();
        Func<ValueTask> broken = () => throw new InvalidOperationException("broken");
        exporter.OnStart = starting ? broken : null;
        exporter.OnStop = starting ? null : broken;

        await using (await exporter.StartAsync())
        {
            (await exporter.WaitReadyAsync().Within()).ShouldBe(!starting);
        }

        exporter.IsRunning.ShouldBeFalse();
        exporter.Counters.Faults.ShouldBe(1);
    }

    [Fact]
    public async Task Exporters_2_5_a_fault_of_background_work_is_counted_and_logged()
    {
        var exporter = NewProbe();
        exporter.Work = _ => throw new InvalidOperationException("late");
        await exporter.StartAsync();

        _events.Publish(Happenings.Moment());
        await exporter.WaitForTasksAsync().Within();

        exporter.Counters.Faults.ShouldBe(1);
        _log.Lines.Single().Text.ShouldBe("Exporter 'Probe' failed while exporting; the same fault is counted from now on and not logged again");
    }

    [Fact]
    public async Task A_stop_while_starting_wins()
    {
        var prepared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var exporter = NewProbe();
        exporter.OnStart = () => new ValueTask(prepared.Task);
        var starting = exporter.StartAsync().Within();

        await exporter.StopAsync();
        prepared.SetResult();
        await starting;
        _events.Publish(Happenings.Moment());

        exporter.IsRunning.ShouldBeFalse();
        exporter.Seen.ShouldBeEmpty();
        (await exporter.WaitReadyAsync().Within()).ShouldBeFalse();
    }

    private Probe NewProbe() => new(Context, _log, _clock);
}
