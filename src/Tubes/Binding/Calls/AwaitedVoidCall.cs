namespace Sluice.Tubes.Binding.Calls;

/// <summary>A method that returns a task without a value: its one signal says null when it is done.</summary>
internal sealed class AwaitedVoidCall(Func<object?[], NodeCall, ValueTask> code) : ICallCode
{
    public ValueTask CallAsync(object?[] inputs, object?[] results, NodeCall call)
    {
        results[0] = null;
        return code(inputs, call);
    }

    public ValueTask DisposeAsync() => default;
}
