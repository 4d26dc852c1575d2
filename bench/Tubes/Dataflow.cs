using System.Threading.Tasks.Dataflow;

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
