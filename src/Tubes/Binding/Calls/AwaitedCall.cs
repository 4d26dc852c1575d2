namespace Sluice.Tubes.Binding.Calls;

/// <summary>A method that returns a task with a value.</summary>
internal sealed class AwaitedCall<T>(Func<object?[], NodeCall, ValueTask<T>> code, Action<T, object?[]> write) : ICallCode
{
    public ValueTask CallAsync(object?[] inputs, object?[] results, NodeCall call)
    {
        var pending = code(inputs, call);
        if (!pending.IsCompletedSuccessfully)
        {
            return AwaitAsync(pending, results);
        }

        write(pending.Result, results);
        return default;
    }

    public ValueTask DisposeAsync() => default;

    private async ValueTask AwaitAsync(ValueTask<T> pending, object?[] results) => write(await pending.ConfigureAwait(false), results);
}
