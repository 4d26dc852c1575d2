using System.Threading.Channels;

namespace Sluice.Cluster.Transport.Memory;

/// <summary>Makes the calls to one member one after the other; stands still while paused.</summary>
internal sealed class Inbox
{
    private readonly Channel<Func<ValueTask>> _calls = Channel.CreateUnbounded<Func<ValueTask>>(new() { SingleReader = true });
    private readonly Task _loop;
    private volatile TaskCompletionSource? _pause;

    public Inbox() => _loop = Task.Run(RunAsync);

    public void Add(Func<ValueTask> call) => _calls.Writer.TryWrite(call);

    public void Pause() => _pause ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume()
    {
        var pause = _pause;
        _pause = null;
        pause?.TrySetResult();
    }

    /// <summary>Takes no more calls; those that wait are made.</summary>
    public void Close() => _calls.Writer.TryComplete();

    /// <summary>Completes when the last call was made; faults with what a call threw.</summary>
    public Task Completion => _loop;

    private async Task RunAsync()
    {
        await foreach (var call in _calls.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            while (_pause is { } pause)
            {
                await pause.Task.ConfigureAwait(false);
            }
            await call().ConfigureAwait(false);
        }
    }
}
