using System.Collections.Concurrent;
using Sluice.Instruments.Events;
using Sluice.Instruments.Queues;

namespace Sluice.Instruments.Tests.Queues;

public sealed class QueueStressSpecs
{
    private const int Producers = 4;
    private const int ItemsEach = 5_000;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public async Task Every_item_put_is_taken_once_with_cancellations_all_over(int capacity)
    {
        var count = new Counts();
        using var scope = count.Enter();
        var queue = new AsyncQueue<int>(capacity);
        var taken = new ConcurrentBag<int>();
        var consumers = Enumerable.Range(0, 4).Select(seed => Task.Run(() => Consume(queue, taken, seed))).ToArray();

        await Task.WhenAll(Enumerable.Range(0, Producers).Select(producer => Task.Run(() => Produce(queue, producer)))).Within();
        queue.Close();
        await Task.WhenAll(consumers).Within();

        taken.Order().ShouldBe(Enumerable.Range(0, Producers * ItemsEach));
        count.Puts.ShouldBe(Producers * ItemsEach);
        count.Gets.ShouldBe(Producers * ItemsEach);
    }

    [Fact]
    public async Task One_producers_items_reach_one_consumer_in_order()
    {
        var queue = new AsyncQueue<int>(capacity: 3);
        var producer = Task.Run(async () =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                await queue.PutAsync(i);
            }

            queue.Close();
        });

        var expected = 0;
        await foreach (var item in queue)
        {
            item.ShouldBe(expected++);
        }

        await producer.Within();
        expected.ShouldBe(20_000);
    }

    private static async Task Produce(AsyncQueue<int> queue, int producer)
    {
        var random = new Random(producer);
        for (var i = 0; i < ItemsEach; i++)
        {
            while (!await TryCancellably(random, async token =>
            {
                await queue.PutAsync((producer * ItemsEach) + i, token);
                return true;
            }))
            {
            }
        }
    }

    private static async Task Consume(AsyncQueue<int> queue, ConcurrentBag<int> taken, int seed)
    {
        var random = new Random(100 + seed);
        try
        {
            while (true)
            {
                await TryCancellably(random, async token =>
                {
                    taken.Add(await queue.GetAsync(token));
                    return true;
                });
            }
        }
        catch (QueueClosedException)
        {
            // The end of the stream.
        }
    }

    private static async Task<bool> TryCancellably(Random random, Func<CancellationToken, Task<bool>> operation)
    {
        if (random.Next(8) != 0)
        {
            return await operation(CancellationToken.None);
        }

        using var cancel = new CancellationTokenSource();
        var running = operation(cancel.Token);
        await Task.Yield();
        await cancel.CancelAsync();
        try
        {
            return await running;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private sealed class Counts : EventLoopInstrument
    {
        private int _puts;
        private int _gets;

        public int Puts => _puts;

        public int Gets => _gets;

        public override void OnQueuePut(in QueueEvent put) => Interlocked.Increment(ref _puts);

        public override void OnQueueGet(in QueueEvent get) => Interlocked.Increment(ref _gets);
    }
}
