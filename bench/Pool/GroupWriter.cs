using System.Threading.Channels;

namespace Sluice.Pool.Bench;

/// <summary>What one would write by hand: senders queue and wait, one writer takes all that are there, writes them as a group and wakes them.</summary>
internal sealed class GroupWriter : IAsyncDisposable
{
    private readonly Channel<(byte[] Payload, TaskCompletionSource Done)> _queue =
        Channel.CreateUnbounded<(byte[], TaskCompletionSource)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Action<IReadOnlyList<byte[]>> _write;
    private readonly Task _writing;

    public GroupWriter(Action<IReadOnlyList<byte[]>> write)
    {
        _write = write;
        _writing = Task.Run(WriteAsync);
    }

    public Task SendAsync(byte[] payload)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Writer.TryWrite((payload, done));
        return done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.Complete();
        await _writing;
    }

    private async Task WriteAsync()
    {
        var (payloads, senders) = (new List<byte[]>(), new List<TaskCompletionSource>());
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (payloads.Count < 1024 && _queue.Reader.TryRead(out var next))
            {
                payloads.Add(next.Payload);
                senders.Add(next.Done);
            }

            _write(payloads);
            senders.ForEach(sender => sender.SetResult());
            payloads.Clear();
            senders.Clear();
        }
    }
}
