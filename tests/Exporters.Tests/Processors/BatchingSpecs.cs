using Sluice.Exporters.Events;
using Sluice.Exporters.Processors;
using Sluice.Exporters.Tests.Processing;
using Sluice.TestKit;

namespace Sluice.Exporters.Tests.Processors;

public sealed class BatchingSpecs
{
    private readonly TestClock _clock = new();

    [Fact]
    public async Task Exporters_5_1_a_batch_is_passed_on_when_it_is_full()
    {
        var (exporter, batching) = NewExporter(size: 2);
        await exporter.StartAsync();

        Put(exporter, 1, 2, 3, 4, 5);
        await exporter.WaitForTasksAsync(Deadline.Length).Within();

        exporter.Batches.ShouldBe([[1, 2], [3, 4]]);
        batching.Statistics.ShouldBe(new BatchStatistics(Batches: 2, Items: 4, Dropped: 0, Overflows: 0));
        batching.Statistics.AverageBatchSize.ShouldBe(2);
    }

    [Fact]
    public async Task Exporters_5_1_a_smaller_batch_is_passed_on_when_its_oldest_item_has_waited_long_enough()
    {
        var (exporter, _) = NewExporter(size: 10);
        await exporter.StartAsync();
        Put(exporter, 1);
        await exporter.WaitForTasksAsync(Deadline.Length).Within();

        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Put(exporter, 2);
        await exporter.WaitForTasksAsync(Deadline.Length).Within();
        exporter.Batches.ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await exporter.WaitForTasksAsync(Deadline.Length).Within();

        exporter.Batches.ShouldBe([[1, 2]]);
    }

    [Fact]
    public async Task Exporters_5_1_on_overflow_the_oldest_item_makes_room_if_so_configured()
    {
        var (exporter, batching) = NewExporter(size: 10, maxQueue: 2, BatchOverflow.DropOldest);
        await using (await exporter.StartAsync())
        {
            Put(exporter, 1, 2, 3, 4);
        }

        await exporter.WaitForTasksAsync(Deadline.Length).Within();

        exporter.Batches.ShouldBe([[3, 4]]);
        batching.Statistics.ShouldBe(new BatchStatistics(Batches: 1, Items: 2, Dropped: 2, Overflows: 2));
    }

    [Fact]
    public async Task Exporters_5_1_on_overflow_what_waits_is_passed_on_if_so_configured()
    {
        var (exporter, batching) = NewExporter(size: 10, maxQueue: 2, BatchOverflow.FlushNow);
        await using (await exporter.StartAsync())
        {
            Put(exporter, 1, 2, 3, 4, 5);
        }

        await exporter.WaitForTasksAsync(Deadline.Length).Within();

        exporter.Batches.ShouldBe([[1, 2], [3, 4], [5]]);
        batching.Statistics.ShouldBe(new BatchStatistics(Batches: 3, Items: 5, Dropped: 0, Overflows: 2));
    }

    [Fact]
    public async Task Exporters_5_1_nothing_is_lost_on_shutdown()
    {
        var (exporter, _) = NewExporter(size: 10);
        await using (await exporter.StartAsync())
        {
            Put(exporter, 1, 2, 3);
        }

        await exporter.WaitForTasksAsync(Deadline.Length).Within();

        exporter.Batches.ShouldBe([[1, 2, 3]]);
    }

    [Fact]
    public async Task Exporters_5_1_a_batch_whose_export_fails_is_handed_to_who_keeps_a_journal()
    {
        var (exporter, _) = NewExporter(size: 2);
        exporter.OnBatch = batch => batch[0] == 1 ? throw new IOException("down") : ValueTask.CompletedTask;
        await exporter.StartAsync();

        Put(exporter, 1, 2, 3, 4);
        await exporter.WaitForTasksAsync(Deadline.Length).Within();

        exporter.Failures.ShouldBe([[1, 2]]);
        exporter.Batches.ShouldBe([[3, 4]]);
    }

    [Fact]
    public void A_size_that_holds_nothing_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new BatchingProcessor<int>(Settings(0, 1, BatchOverflow.FlushNow)));

    private static void Put(Collector<int, int> exporter, params int[] items) => Array.ForEach(items, exporter.Put);

    private static BatchingSettings Settings(int size, int maxQueue, BatchOverflow overflow) =>
        new() { Size = size, FlushInterval = TimeSpan.FromSeconds(1), MaxQueue = maxQueue, Overflow = overflow };

    private (Collector<int, int> Exporter, BatchingProcessor<int> Batching) NewExporter(
        int size, int maxQueue = 100, BatchOverflow overflow = BatchOverflow.FlushNow)
    {
        var exporter = new Collector<int, int>(new ContextState { Name = "run", Events = new EventStream() }, time: _clock);
        var batching = new BatchingProcessor<int>(Settings(size, maxQueue, overflow));
        exporter.AddProcessor(batching);
        return (exporter, batching);
    }
}
