namespace Sluice.Tubes.Binding.Calls;

/// <summary>A synchronous method: the compiled delegate does everything.</summary>
internal sealed class PlainCall(Action<object?[], object?[], NodeCall> code) : ICallCode
{
    public ValueTask CallAsync(object?[] inputs, object?[] results, NodeCall call)
    {
        code(inputs, results, call);
        return default;
    }

    public ValueTask DisposeAsync() => default;
}
