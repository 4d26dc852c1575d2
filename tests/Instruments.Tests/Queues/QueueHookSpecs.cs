using Sluice.Instruments.Queues;

namespace Sluice.Instruments.Tests.Queues;

public sealed class QueueHookSpecs
{
    [Fact]
    public async Task Instruments_1_OnQueuePut_fires_when_an_item_is_accepted_and_OnQueueGet_when_it_leaves()
    {
        var watcher = new QueueWatcher();
        using var scope = watcher.Enter();
        var queue = new AsyncQueue<int>();

        await queue.PutAsync(42);
        queue.TryPut(43);
        await queue.GetAsync();
        queue.TryGet(out _);

        watcher.Seen.ShouldBe(["put 42", "put 43", "get 42", "get 43"]);
    }

    [Fact]
    public async Task Instruments_1_A_put_that_waited_fires_when_it_is_accepted()
    {
        var watcher = new QueueWatcher();
        using var scope = watcher.Enter();
        var queue = new AsyncQueue<int>(capacity: 1);
        await queue.PutAsync(1);

        var put = queue.PutAsync(2);
        watcher.Seen.ShouldBe(["put 1"]);
        await queue.GetAsync();
        await put.Within();

        watcher.Seen.ShouldBe(["put 1", "get 1", "put 2 after waiting"]);
    }

    [Fact]
    public async Task Instruments_1_A_get_that_waited_fires_when_it_returns()
    {
        var watcher = new QueueWatcher();
        using var scope = watcher.Enter();
        var queue = new AsyncQueue<int>();
        var get = queue.GetAsync();

        await queue.PutAsync(1);
        watcher.Seen.ShouldBe(["put 1"]);
        await get.Within();

        watcher.Seen.ShouldBe(["put 1", "get 1 after waiting"]);
    }

    [Fact]
    public async Task Nothing_fires_for_what_is_refused_cancelled_or_held_already()
    {
        var watcher = new QueueWatcher();
        using var scope = watcher.Enter();
        using var cancel = new CancellationTokenSource();
        var queue = new AsyncSetQueue<int>(capacity: 1);
        await queue.PutAsync(1);
        await queue.PutAsync(1);
        queue.TryPut(2);
        var put = queue.PutAsync(3, cancel.Token);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => put.Within());

        watcher.Seen.ShouldBe(["put 1"]);
    }

    [Fact]
    public async Task The_hook_says_how_long_an_item_lay_in_the_queue()
    {
        var clock = new CountingClock();
        var watcher = new QueueWatcher();
        using var scope = watcher.Enter();
        var queue = new AsyncQueue<int> { Clock = clock };

        await queue.PutAsync(1);
        clock.Advance(TimeSpan.FromSeconds(3));
        await queue.GetAsync();

        watcher.LastWait.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Instruments_2_1_A_queue_is_watched_by_the_scope_it_was_made_in()
    {
        var inside = new QueueWatcher();
        var before = new AsyncQueue<int>(name: "before");
        var scope = inside.Enter();
        var during = new AsyncQueue<int>(name: "during");

        await before.PutAsync(1);
        await during.PutAsync(2);
        scope.Dispose();
        await during.PutAsync(3);

        inside.Seen.ShouldBe(["put 2"]);
    }

    [Fact]
    public void Instruments_2_4_With_none_active_nothing_is_allocated_and_no_time_is_read()
    {
        var clock = new CountingClock();
        var queue = new AsyncQueue<int> { Clock = clock };

        Allocations.Of(() => PutAndGet(queue)).ShouldBe(0);

        queue.Watchers.ShouldBeNull();
        clock.Reads.ShouldBe(0);
    }

    [Fact]
    public void Three_counting_instruments_allocate_nothing_either()
    {
        using var first = new Counter().Enter();
        using var second = new Counter().Enter();
        using var third = new Counter().Enter();
        var queue = new AsyncQueue<(long, long)>();

        Allocations.Of(() =>
        {
            queue.TryPut((1, 2));
            queue.TryGet(out _);
        }).ShouldBe(0);

        ((Counter)third.Instrument).Count.ShouldBe(4_000);
    }

    [Fact]
    public void A_wait_allocates_nothing()
    {
        var queue = new AsyncQueue<int>();
        var sum = 0;

        Allocations.Of(() =>
        {
            var get = queue.GetAsync();
            queue.TryPut(1);
            sum += get.GetAwaiter().GetResult();
        }).ShouldBe(0);

        sum.ShouldBe(2_000);
    }

    private static void PutAndGet(AsyncQueue<int> queue)
    {
        IsDone(queue.PutAsync(1)).ShouldBeTrue();
        IsDone(queue.GetAsync()).ShouldBeTrue();
    }

    private static bool IsDone(ValueTask task) => task.IsCompletedSuccessfully;

    private static bool IsDone(ValueTask<int> task) => task.IsCompletedSuccessfully;

    private sealed class Counter : EventLoopInstrument
    {
        public long Count { get; private set; }

        public override void OnQueuePut(in Events.QueueEvent put) => Count++;

        public override void OnQueueGet(in Events.QueueEvent get) => Count++;
    }
}
