using System.Threading.Tasks.Dataflow;
using Sluice.Testing.Nodes.Noob;

namespace Sluice.Tubes.Bench;

/// <summary>The same graphs with TPL Dataflow, one block per node.</summary>
internal static class Dataflow
{
    private static readonly ExecutionDataflowBlockOptions s_bounded = new() { BoundedCapacity = 1024, SingleProducerConstrained = true };
    private static readonly DataflowLinkOptions s_complete = new() { PropagateCompletion = true };

    public static Contender Chain(int length) => new("TPL Dataflow", async epochs =>
    {
        var first = new TransformBlock<object, object>(Steps.Same, s_bounded);
        var last = first;
        for (var index = 1; index < length; index++)
        {
            var next = new TransformBlock<object, object>(Steps.Same, s_bounded);
            last.LinkTo(next, s_complete);
            last = next;
        }

        var sink = new ActionBlock<object>(_ => { }, s_bounded);
        last.LinkTo(sink, s_complete);
        await FeedAsync(first, epochs);
        await sink.Completion;
    });

    public static Contender Fan(int width) => new("TPL Dataflow", async epochs =>
    {
        var nodes = Enumerable.Range(0, width).Select(_ => new ActionBlock<object>(value => Steps.Same(value), s_bounded)).ToList();
        foreach (var value in Steps.Source().Take(epochs))
        {
            foreach (var node in nodes)
            {
                if (!node.Post(value))
                {
                    await node.SendAsync(value);
                }
            }
        }

        nodes.ForEach(node => node.Complete());
        await Task.WhenAll(nodes.Select(node => node.Completion));
    });

    /// <summary>One of the two test tubes.</summary>
    public static Contender Named(string id) => id == "testing-basic" ? Basic() : KitchenSink();

    private static Contender Basic() => new("TPL Dataflow", async epochs =>
    {
        var multiply = new TransformBlock<long, object>(Sink.Multiply, s_bounded);
        var last = new ActionBlock<object>(_ => { }, s_bounded);
        multiply.LinkTo(last, s_complete);
        foreach (var count in Sink.Count(0).Take(epochs))
        {
            await SendAsync(multiply, count);
        }

        multiply.Complete();
        await last.Completion;
    });

    private static Contender KitchenSink() => new("TPL Dataflow", async epochs =>
    {
        var multiply = new TransformBlock<long, object>(Sink.Multiply, s_bounded);
        var operands = new JoinBlock<long, long>(new GroupingDataflowBlockOptions { BoundedCapacity = 1024 });
        var divide = new TransformBlock<Tuple<long, long>, object>(pair => Sink.Divide(pair.Item1, pair.Item2), s_bounded);
        var gather = new TransformBlock<string, List<object>?>(Sink.Gather(), s_bounded);
        var words = new ActionBlock<string?>(_ => { }, s_bounded);
        var results = new JoinBlock<object, object, List<object>?>(new GroupingDataflowBlockOptions { BoundedCapacity = 1024 });
        var last = new ActionBlock<Tuple<object, object, List<object>?>>(all => Sink.Return(all.Item1, all.Item2, all.Item3), s_bounded);
        operands.LinkTo(divide, s_complete);
        multiply.LinkTo(results.Target1, s_complete);
        divide.LinkTo(results.Target2, s_complete);
        gather.LinkTo(results.Target3, s_complete);
        results.LinkTo(last, s_complete);

        using var higher = Sink.Count(5).GetEnumerator();
        using var letters = Sources.LetterSource().GetEnumerator();
        using var sporadic = Sources.SporadicWord().GetEnumerator();
        foreach (var count in Sink.Count(0).Take(epochs))
        {
            _ = higher.MoveNext() && letters.MoveNext() && sporadic.MoveNext();
            await SendAsync(multiply, count);
            await SendAsync(operands.Target1, count);
            await SendAsync(operands.Target2, higher.Current);
            await SendAsync(gather, letters.Current);
            await SendAsync(words, sporadic.Current);
        }

        multiply.Complete();
        operands.Complete();
        gather.Complete();
        words.Complete();
        await Task.WhenAll(last.Completion, words.Completion);
    });

    private static ValueTask SendAsync<T>(ITargetBlock<T> block, T value) => block.Post(value) ? ValueTask.CompletedTask : new ValueTask(block.SendAsync(value));

    private static async Task FeedAsync(TransformBlock<object, object> first, int epochs)
    {
        foreach (var value in Steps.Source().Take(epochs))
        {
            if (!first.Post(value))
            {
                await first.SendAsync(value);
            }
        }

        first.Complete();
    }
}
