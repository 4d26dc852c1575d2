using Sluice.Exporters.Events;
using Sluice.Exporters.Tests.Isolation;
using Sluice.TestKit;

namespace Sluice.Exporters.Tests;

public sealed class ExporterManagerSpecs : IDisposable
{
    private readonly EventStream _events = new();
    private readonly RecordingLog _log = new();
    private readonly TestClock _clock = new();

    private ContextState Context => new() { Name = "run", Events = _events };

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Exporters_6_1_a_taken_name_warns_and_replaces()
    {
        var (first, second) = (new Probe(), new Probe());
        var manager = NewManager(("a", first));

        manager.Add("a", second);

        manager.Get("a").ShouldBeSameAs(second);
        _log.Warnings.ShouldBe(["The exporter 'a' replaces another one of that name"]);
    }

    [Fact]
    public void Exporters_6_1_an_unknown_name_is_an_error_that_lists_the_known_ones()
    {
        var manager = NewManager(("a", new Probe()), ("b", new Probe()));
        manager.Remove("a");

        Should.Throw<KeyNotFoundException>(() => manager.Get("a")).Message.ShouldBe("There is no exporter named 'a'; there are b.");
        Should.Throw<KeyNotFoundException>(() => manager.Remove("c"));
    }

    [Fact]
    public void Exporters_6_1_isolated_copies_are_made_of_all()
    {
        var (a, b) = (new Probe(), new Probe());

        var copies = NewManager(("a", a), ("b", b)).CreateIsolatedExporters(Context);

        copies.Keys.ShouldBe(["a", "b"], ignoreOrder: true);
        copies.Values.ShouldAllBe(copy => copy.IsIsolatedInstance && copy.Context.Name == "run");
    }

    [Fact]
    public async Task Exporters_6_1_all_are_started_at_the_same_time_and_ready_when_the_start_returns()
    {
        using var together = new Barrier(3);
        var probes = Enumerable.Range(0, 3).Select(_ => NewProbe()).ToArray();
        foreach (var probe in probes)
        {
            probe.OnStart = () =>
            {
                together.SignalAndWait(Deadline.Length).ShouldBeTrue();
                return ValueTask.CompletedTask;
            };
        }

        await using (await NewManager(("a", probes[0]), ("b", probes[1]), ("c", probes[2])).StartAsync().Within())
        {
            probes.ShouldAllBe(probe => probe.IsRunning && probe.WaitReadyAsync(CancellationToken.None).IsCompletedSuccessfully);
        }

        probes.ShouldAllBe(probe => !probe.IsRunning && probe.Counters.Faults == 0);
    }

    [Fact]
    public async Task Exporters_6_1_with_a_context_copies_are_started_instead()
    {
        var seen = 0;
        var original = new Probe { OnExport = _ => Interlocked.Increment(ref seen) };

        await using (await NewManager(("a", original)).StartAsync(Context))
        {
            _events.Publish(Happenings.Moment());
            original.IsRunning.ShouldBeFalse();
        }

        seen.ShouldBe(1);
        original.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task Exporters_6_1_a_second_start_while_running_is_an_error()
    {
        var manager = NewManager(("a", NewProbe()));
        await using var running = await manager.StartAsync();

        await Should.ThrowAsync<InvalidOperationException>(async () => await manager.StartAsync());
    }

    [Fact]
    public async Task Exporters_6_1_those_added_while_running_start_with_the_next_start()
    {
        var late = NewProbe();
        var manager = NewManager(("a", NewProbe()));
        await using (await manager.StartAsync())
        {
            manager.Add("late", late);
            late.IsRunning.ShouldBeFalse();
        }

        await using (await manager.StartAsync())
        {
            late.IsRunning.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Exporters_6_1_a_stop_names_those_that_did_not_stop_in_time()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cleaning = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stuck = NewProbe();
        stuck.OnStop = () =>
        {
            cleaning.SetResult();
            return new ValueTask(release.Task);
        };
        var manager = NewManager(("stuck", stuck), ("fine", NewProbe()));
        await manager.StartAsync();
        var stopping = manager.StopAsync().Within();
        await cleaning.Task.Within();

        await Deadline.Until(() => !manager.Get("fine").IsRunning);
        _clock.Advance(TimeSpan.FromSeconds(120));

        (await stopping).ShouldContain("stuck");
        _log.Warnings.Last().ShouldStartWith("These exporters did not stop within 00:02:00: stuck");
        release.SetResult();
    }

    [Fact]
    public async Task A_start_that_one_exporter_refuses_stops_the_others()
    {
        var fine = NewProbe();
        var manager = NewManager(("fine", fine), ("wrong", new Processing.Collector<string, int>(Context)));

        await Should.ThrowAsync<InvalidOperationException>(async () => await manager.StartAsync());

        (fine.IsRunning, manager.IsRunning).ShouldBe((false, false));
    }

    [Fact]
    public void Exporters_6_1_a_manager_got_from_another_shares_the_registry_until_one_of_them_changes_it()
    {
        var manager = NewManager(("a", new Probe()));

        var copy = manager.Get();
        copy.Get("a").ShouldBeSameAs(manager.Get("a"));
        copy.Add("mine", new Probe());
        manager.Remove("a");

        copy.Names.ShouldBe(["a", "mine"]);
        manager.Names.ShouldBeEmpty();
    }

    private Probe NewProbe() => new(Context, _log);

    private ExporterManager NewManager(params (string Name, BaseExporter Exporter)[] exporters)
    {
        var manager = new ExporterManager(loggers: _log, time: _clock);
        foreach (var (name, exporter) in exporters)
        {
            manager.Add(name, exporter);
        }

        return manager;
    }
}
