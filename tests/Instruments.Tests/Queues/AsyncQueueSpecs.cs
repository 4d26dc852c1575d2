using Sluice.Instruments.Queues;

namespace Sluice.Instruments.Tests.Queues;

public sealed class AsyncQueueSpecs
{
    [Fact]
    public async Task Items_leave_in_the_order_they_came()
    {
        var queue = new AsyncQueue<int>();

        await queue.PutAsync(1);
        queue.TryPut(2).ShouldBeTrue();

        (await queue.GetAsync()).ShouldBe(1);
        queue.TryGet(out var second).ShouldBeTrue();
        second.ShouldBe(2);
        queue.TryGet(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_get_waits_for_an_item()
    {
        var queue = new AsyncQueue<int>();

        var get = queue.GetAsync();
        get.IsCompleted.ShouldBeFalse();
        await queue.PutAsync(1);

        (await get.Within()).ShouldBe(1);
        queue.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Waiting_gets_are_served_in_the_order_they_came()
    {
        var queue = new AsyncQueue<string>();
        var first = queue.GetAsync();
        var second = queue.GetAsync();

        await queue.PutAsync("a");
        await queue.PutAsync("b");

        (await first.Within()).ShouldBe("a");
        (await second.Within()).ShouldBe("b");
    }

    [Fact]
    public async Task A_put_into_a_full_queue_waits_for_space()
    {
        var queue = new AsyncQueue<int>(capacity: 1);
        await queue.PutAsync(1);

        var put = queue.PutAsync(2);
        put.IsCompleted.ShouldBeFalse();
        queue.TryPut(3).ShouldBeFalse();
        (await queue.GetAsync()).ShouldBe(1);
        await put.Within();

        (await queue.GetAsync()).ShouldBe(2);
    }

    [Fact]
    public void A_queue_for_no_item_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new AsyncQueue<int>(capacity: 0));

    [Fact]
    public async Task A_closed_queue_takes_nothing_and_gives_what_it_holds()
    {
        var queue = new AsyncQueue<int>(name: "orders");
        await queue.PutAsync(1);

        queue.Close();
        queue.Close();

        queue.TryPut(2).ShouldBeFalse();
        var refused = await Should.ThrowAsync<QueueClosedException>(async () => await queue.PutAsync(2));
        refused.Message.ShouldBe(
            "'orders' is closed, so nothing can be put any more. Stop when it closes: enumerate it, or use TryPut and TryGet.");
        (await queue.GetAsync()).ShouldBe(1);
        await Should.ThrowAsync<QueueClosedException>(async () => await queue.GetAsync());
        await Should.ThrowAsync<QueueClosedException>(async () => await queue.PeekAsync());
    }

    [Fact]
    public async Task Closing_ends_every_wait()
    {
        var empty = new AsyncQueue<int>();
        var full = new AsyncQueue<int>(capacity: 1);
        await full.PutAsync(1);
        var gets = new[] { empty.GetAsync().AsTask(), empty.GetAsync().AsTask(), empty.PeekAsync().AsTask() };
        var put = full.PutAsync(2).AsTask();

        empty.Close();
        full.Close();

        foreach (var wait in gets.Append(put))
        {
            await Should.ThrowAsync<QueueClosedException>(() => wait.Within());
        }

        full.UntilEmpty().ShouldBe([1]);
    }

    [Fact]
    public async Task A_peek_shows_the_oldest_item_and_leaves_it()
    {
        var queue = new AsyncQueue<int>();
        queue.TryPeek(out _).ShouldBeFalse();
        var early = queue.PeekAsync();
        var get = queue.GetAsync();

        await queue.PutAsync(1);
        await queue.PutAsync(2);

        (await early.Within()).ShouldBe(1);
        (await get.Within()).ShouldBe(1);
        (await queue.PeekAsync()).ShouldBe(2);
        queue.TryPeek(out var same).ShouldBeTrue();
        same.ShouldBe(2);
        queue.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Enumerating_goes_on_until_the_queue_is_closed_and_empty()
    {
        var queue = new AsyncQueue<int>();
        List<int> seen = [];
        var reader = Task.Run(async () =>
        {
            await foreach (var item in queue)
            {
                seen.Add(item);
            }
        });

        for (var i = 0; i < 100; i++)
        {
            await queue.PutAsync(i);
        }

        queue.Close();
        await reader.Within();

        seen.ShouldBe(Enumerable.Range(0, 100));
    }

    [Fact]
    public async Task Enumerating_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var queue = new AsyncQueue<int>();
        var reader = Task.Run(async () =>
        {
            await foreach (var item in queue.WithCancellation(cancel.Token))
            {
                await cancel.CancelAsync();
            }
        });

        await queue.PutAsync(1);

        await Should.ThrowAsync<OperationCanceledException>(() => reader.Within());
    }

    [Fact]
    public async Task UntilEmpty_takes_what_there_is_and_what_waited_for_space()
    {
        var queue = new AsyncQueue<int>(capacity: 2);
        await queue.PutAsync(1);
        await queue.PutAsync(2);
        var third = queue.PutAsync(3);

        queue.UntilEmpty().ShouldBe([1, 2, 3]);
        await third.Within();
    }

    [Fact]
    public async Task A_cancelled_get_takes_no_item()
    {
        using var cancel = new CancellationTokenSource();
        var queue = new AsyncQueue<int>();
        var get = queue.GetAsync(cancel.Token).AsTask();

        await cancel.CancelAsync();
        await queue.PutAsync(1);

        var cancelled = await Should.ThrowAsync<OperationCanceledException>(() => get.Within());
        cancelled.CancellationToken.ShouldBe(cancel.Token);
        queue.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_cancelled_put_leaves_no_item()
    {
        using var cancel = new CancellationTokenSource();
        var queue = new AsyncQueue<int>(capacity: 1);
        await queue.PutAsync(1);
        var put = queue.PutAsync(2, cancel.Token).AsTask();
        var next = queue.PutAsync(3);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => put.Within());
        queue.UntilEmpty().ShouldBe([1, 3]);
        await next.Within();
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_does_nothing()
    {
        var queue = new AsyncQueue<int>();
        var cancelled = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(async () => await queue.PutAsync(1, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await queue.GetAsync(cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await queue.PeekAsync(cancelled));
        queue.Count.ShouldBe(0);
    }

    [Fact]
    public async Task An_answer_can_be_taken_once()
    {
        var queue = new AsyncQueue<int>();
        var get = queue.GetAsync();
        Should.Throw<InvalidOperationException>(() => get.GetAwaiter().GetResult());
        await queue.PutAsync(1);

        (await get).ShouldBe(1);

        await Should.ThrowAsync<InvalidOperationException>(async () => await get);
    }

    [Fact]
    public async Task A_set_queue_holds_each_item_once_at_its_first_place()
    {
        var queue = new AsyncSetQueue<string>(capacity: 2, comparer: StringComparer.OrdinalIgnoreCase);
        await queue.PutAsync("a");
        await queue.PutAsync("b");

        await queue.PutAsync("A");
        queue.TryPut("B").ShouldBeTrue();

        queue.Count.ShouldBe(2);
        (await queue.GetAsync()).ShouldBe("a");
        await queue.PutAsync("A");
        queue.UntilEmpty().ShouldBe(["b", "A"]);
    }

    [Fact]
    public async Task A_set_queue_finishes_waiting_puts_of_what_it_holds_by_then()
    {
        var queue = new AsyncSetQueue<int>(capacity: 1);
        await queue.PutAsync(1);
        var puts = new[] { queue.PutAsync(2).AsTask(), queue.PutAsync(2).AsTask(), queue.PutAsync(3).AsTask() };

        queue.UntilEmpty().ShouldBe([1, 2, 2, 3]);
        await Task.WhenAll(puts).Within();
    }
}
