using System.Threading.Channels;
using System.Threading.Tasks.Dataflow;

namespace Sluice.Kernel.Bench;

/// <summary>The peers: what one would write without actors.</summary>
internal static class Consumer
{
    /// <summary>A bare unbounded channel and a loop that reads it.</summary>
    public static ChannelWriter<T> OnChannel<T>(Action<T> handle)
    {
        var channel = Channel.CreateUnbounded<T>(new UnboundedChannelOptions { SingleReader = true });
        _ = Task.Run(async () =>
        {
            while (await channel.Reader.WaitToReadAsync())
            {
                while (channel.Reader.TryRead(out var item))
                {
                    handle(item);
                }
            }
        });
        return channel.Writer;
    }

    /// <summary>A block as it comes: one message at a time, any number of producers, which is what an actor offers.</summary>
    public static ActionBlock<T> OnDataflow<T>(Action<T> handle) => new(handle);
}
