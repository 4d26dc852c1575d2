using Sluice.Exporters.Events;
using Sluice.Exporters.Processing;
using Sluice.Exporters.Processors;

namespace Sluice.Exporters.Tests.Processing;

public sealed class PipelineSpecs : IDisposable
{
    private readonly RecordingLog _log = new();
    private readonly ContextState _context = new() { Name = "run", Events = new EventStream() };

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Exporters_4_1_items_pass_through_the_processors_in_order_and_are_then_exported()
    {
        var exporter = NewCollector<string, string>();
        exporter.AddProcessor(new Step<string, string>(text => text + "1", yields: true));
        exporter.AddProcessor(new Step<string, string>(text => text + "2"));

        await RunAsync(exporter, ["a", "b", "c"]);

        exporter.Items.ShouldBe(["a12", "b12", "c12"]);
        exporter.Counters.Exported.ShouldBe(3);
    }

    [Fact]
    public async Task Exporters_4_1_events_enter_by_themselves_where_they_are_what_the_pipeline_takes()
    {
        var events = new EventStream();
        var exporter = new Collector<ExporterEvent, string>(new ContextState { Name = "run", Events = events });
        exporter.AddProcessor(new Step<ExporterEvent, string>(happened => happened.Id));
        await using (await exporter.StartAsync())
        {
            events.Publish(Happenings.Moment("1"));
            events.Publish(Happenings.Moment("2"));
        }

        await exporter.WaitForTasksAsync(Deadline.Length).Within();

        exporter.Items.ShouldBe(["1", "2"]);
    }

    [Fact]
    public void Exporters_4_1_a_processors_place_is_the_end_a_position_or_beside_another()
    {
        var exporter = NewCollector<string, string>();
        exporter.AddProcessor(Nothing(), "b");
        exporter.AddProcessor(Nothing(), "d");
        exporter.AddProcessor(Nothing(), "a", position: 0);
        exporter.AddProcessor(Nothing(), "c", after: "b");
        exporter.AddProcessor(Nothing(), "b2", before: "c");

        foreach (var name in new[] { "a", "b", "b2", "c", "d" })
        {
            var first = exporter.GetProcessor(name);
            exporter.RemoveProcessor(0);
            Should.Throw<PipelineException>(() => exporter.RemoveProcessor(first));
        }
    }

    [Fact]
    public void Exporters_4_1_a_place_that_cannot_be_is_an_error_that_says_so()
    {
        var exporter = NewCollector<string, string>();
        exporter.AddProcessor(Nothing(), "first");

        Message(() => exporter.AddProcessor(Nothing(), position: 0, before: "first"))
            .ShouldBe("Only one of position, before and after can say where a processor goes.");
        Message(() => exporter.AddProcessor(Nothing(), position: 2)).ShouldBe("Position 2 is out of range; give one from 0 to 1.");
        Message(() => exporter.AddProcessor(Nothing(), after: "second")).ShouldBe("There is no processor named 'second'; there are 'first'.");
        Message(() => exporter.AddProcessor(Nothing(), "first"))
            .ShouldBe("A processor named 'first' is there already; choose another name or remove that one first.");
        Message(() => exporter.RemoveProcessor(1)).ShouldBe("There is no processor at index 1; there are 1, numbered from 0.");
        Message(() => exporter.RemoveProcessor("second")).ShouldBe("There is no processor named 'second'; there are 'first'.");
    }

    [Fact]
    public async Task Exporters_4_1_once_started_the_pipeline_is_locked_until_it_is_reset_when_stopped()
    {
        var exporter = NewCollector<string, string>();
        exporter.AddProcessor(Nothing(), "first");
        await using (await exporter.StartAsync())
        {
            Message(exporter.ClearProcessors)
                .ShouldBe("The pipeline of 'collector' is locked since its start; stop the exporter and call ResetPipeline before changing it.");
            Message(exporter.ResetPipeline).ShouldBe("The pipeline of 'collector' cannot be reset while it is running; stop the exporter first.");
        }

        Should.Throw<PipelineException>(exporter.ClearProcessors);
        exporter.ResetPipeline();
        exporter.GetProcessor("first").ShouldNotBeNull();
        exporter.ClearProcessors();
        Should.Throw<PipelineException>(() => exporter.GetProcessor("first"));
    }

    [Fact]
    public void Exporters_1_3_a_copy_shares_the_pipeline_until_one_of_them_changes_it()
    {
        var original = NewCollector<string, string>();
        original.AddProcessor(Nothing(), "shared");
        var copy = (Collector<string, string>)original.CreateIsolatedInstance(_context);

        copy.GetProcessor("shared").ShouldBeSameAs(original.GetProcessor("shared"));
        copy.AddProcessor(Nothing(), "mine");

        Should.Throw<PipelineException>(() => original.GetProcessor("mine"));
    }

    [Fact]
    public void Exporters_4_2_neighbours_that_do_not_fit_are_refused_when_added()
    {
        var exporter = NewCollector<string, string>();
        exporter.AddProcessor(new Step<string, int>(text => text.Length), "length");

        Message(() => exporter.AddProcessor(new Step<string, string>(text => text), "text"))
            .ShouldBe("Processor 'length' gives Int32, but 'text' behind it takes String.");
        Message(() => exporter.AddProcessor(new Step<string, List<int>>(_ => []), "list", position: 0))
            .ShouldBe("Processor 'list' gives List<Int32>, but 'length' behind it takes String.");
    }

    [Fact]
    public async Task Exporters_4_2_ends_that_do_not_fit_are_refused_when_started()
    {
        var atEnd = NewCollector<string, string>();
        atEnd.AddProcessor(new Step<string, int>(text => text.Length), "length");
        var atStart = NewCollector<int, string>();
        atStart.AddProcessor(Nothing(), "text");

        (await Should.ThrowAsync<PipelineException>(async () => await atEnd.StartAsync())).Message
            .ShouldBe("The pipeline ends with Int32, but String or a list of it is exported; add a processor that makes it.");
        (await Should.ThrowAsync<PipelineException>(async () => await atStart.StartAsync())).Message
            .ShouldBe("The pipeline gets Int32, but its first processor 'text' takes String.");
        atEnd.IsRunning.ShouldBeFalse();
    }

    [Fact]
    public async Task Exporters_4_3_null_drops_the_item()
    {
        var exporter = NewCollector<string, string>();
        exporter.AddProcessor(new Step<string, string>(text => text == "b" ? null : text));

        await RunAsync(exporter, ["a", "b", "c"]);

        exporter.Items.ShouldBe(["a", "c"]);
        exporter.Counters.Dropped.ShouldBe(0);
    }

    [Fact]
    public async Task Exporters_4_3_null_goes_on_when_it_is_not_to_be_dropped()
    {
        var exporter = new Collector<string, string>(_context, _log, dropNulls: false);
        exporter.AddProcessor(new Step<string, string>(_ => null));
        exporter.AddProcessor(new Step<string, string>(text => text is null ? "was null" : text));

        await RunAsync(exporter, ["a"]);

        exporter.Items.ShouldBe(["was null"]);
    }

    [Fact]
    public async Task Exporters_4_3_an_item_goes_on_unprocessed_where_a_processor_throws_and_types_allow()
    {
        var exporter = NewCollector<string, string>();
        exporter.AddProcessor(new Step<string, string>(text => text == "b" ? throw new FormatException("bad") : text + "1"));
        exporter.AddProcessor(new Step<string, string>(text => text + "2"));

        await RunAsync(exporter, ["a", "b"]);

        exporter.Items.ShouldBe(["a12", "b2"]);
        exporter.Counters.Faults.ShouldBe(1);
        exporter.Counters.Dropped.ShouldBe(0);
    }

    [Fact]
    public async Task Exporters_4_3_an_item_is_dropped_counted_and_logged_where_a_processor_throws_and_types_do_not_allow()
    {
        var exporter = NewCollector<string, string>();
        exporter.AddProcessor(new Step<string, int>(int.Parse));
        exporter.AddProcessor(new Step<int, string>(number => $"{number}"));

        await RunAsync(exporter, ["1", "x", "3"]);

        exporter.Items.ShouldBe(["1", "3"]);
        exporter.Counters.Dropped.ShouldBe(1);
        _log.Warnings.Single().ShouldContain("processing with Step");
    }

    [Fact]
    public async Task Exporters_4_3_the_exporter_lives_on_when_an_export_fails_and_hands_on_what_was_not_exported()
    {
        var exporter = NewCollector<string, string>();
        exporter.OnItem = item => item == "b" ? throw new IOException("down") : ValueTask.CompletedTask;

        await RunAsync(exporter, ["a", "b", "c"]);

        exporter.Items.ShouldBe(["a", "c"]);
        exporter.Failures.Single().ShouldBe(["b"]);
        exporter.Counters.ShouldBe(new ExporterCounters(Events: 0, Exported: 2, Dropped: 1, Faults: 1, RunningTasks: 0));
    }

    [Fact]
    public async Task Exporters_4_4_a_list_is_exported_as_a_batch_and_an_empty_one_not_at_all()
    {
        var exporter = NewCollector<int, string>();
        exporter.AddProcessor(new Step<int, IReadOnlyList<string>>(count => [.. Enumerable.Repeat("x", count)]));

        await RunAsync(exporter, [2, 0, 1]);

        exporter.Batches.Select(batch => batch.Count).ShouldBe([2, 1]);
        exporter.Items.ShouldBeEmpty();
        exporter.Counters.Exported.ShouldBe(3);
    }

    [Fact]
    public async Task A_full_queue_drops_newer_items_counts_them_and_says_so_once()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var exporter = new Collector<string, string>(_context, _log, maxQueue: 2);
        exporter.OnItem = async _ =>
        {
            entered.TrySetResult();
            await release.Task;
        };
        await exporter.StartAsync();
        exporter.Put("a");
        await entered.Task.Within();

        foreach (var item in new[] { "b", "c", "d", "e" })
        {
            exporter.Put(item);
        }

        release.SetResult();
        await exporter.WaitForTasksAsync(Deadline.Length).Within();
        exporter.Items.ShouldBe(["a", "b", "c"]);
        exporter.Counters.Dropped.ShouldBe(2);
        _log.Warnings.Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_thousand_copies_share_the_exporters_client_and_nothing_else()
    {
        var original = NewCollector<string, string>();
        original.AddProcessor(new BatchingProcessor<string>(new BatchingSettings
        {
            Size = 10,
            FlushInterval = TimeSpan.FromHours(1),
            MaxQueue = 100,
            Overflow = BatchOverflow.FlushNow,
        }));
        var copies = Enumerable.Range(0, 1000).Select(run =>
            (Collector<string, string>)original.CreateIsolatedInstance(new ContextState { Name = $"run {run}", Events = new EventStream() })).ToList();

        await Task.WhenAll(copies.Select((copy, run) => RunAsync(copy, [.. Enumerable.Range(0, 3).Select(item => $"{run}")]))).Within();

        original.Batches.Count.ShouldBe(1000);
        original.Batches.ShouldAllBe(batch => batch.Count == 3 && batch.Distinct().Count() == 1);
        copies.ShouldAllBe(copy => copy.Counters.Exported == 3);
    }

    private static async Task RunAsync<TIn, TOut>(Collector<TIn, TOut> exporter, IReadOnlyList<TIn> items)
    {
        await using (await exporter.StartAsync())
        {
            foreach (var item in items)
            {
                exporter.Put(item);
            }
        }

        await exporter.WaitForTasksAsync(Deadline.Length).Within();
    }

    private static Step<string, string> Nothing() => new(text => text);

    private static string Message(Action action) => Should.Throw<PipelineException>(action).Message;

    private Collector<TIn, TOut> NewCollector<TIn, TOut>() => new(_context, _log);
}
