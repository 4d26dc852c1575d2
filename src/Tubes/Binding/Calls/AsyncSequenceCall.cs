using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Binding.Calls;

/// <summary>An asynchronous generator. The token it was started with is its own: it fires when the node is disposed, or a call is cancelled while it waits.</summary>
internal sealed class AsyncSequenceCall<T>(string nodeId, Func<object?[], NodeCall, CancellationToken, IAsyncEnumerator<T>> start, Action<T, object?[]> write) : ICallCode
{
    private readonly CancellationTokenSource _stop = new();
    private IAsyncEnumerator<T>? _elements;

    public ValueTask CallAsync(object?[] inputs, object?[] results, NodeCall call)
    {
        _elements ??= start(inputs, call, _stop.Token);
        var moving = _elements.MoveNextAsync();
        if (!moving.IsCompletedSuccessfully)
        {
            return AwaitAsync(moving, results, call.CancellationToken);
        }

        Write(moving.Result, results);
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_elements is not null)
        {
            await _elements.DisposeAsync().ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private async ValueTask AwaitAsync(ValueTask<bool> moving, object?[] results, CancellationToken cancellationToken)
    {
        // A generator that is waiting can only be stopped through its own token; the rest of it is then gone.
        using var registration = cancellationToken.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop);
        Write(await moving.ConfigureAwait(false), results);
    }

    private void Write(bool moved, object?[] results)
    {
        if (!moved || _elements is null)
        {
            throw new EndOfSourceException($"Source `{nodeId}` has no more values.");
        }

        write(_elements.Current, results);
    }
}
