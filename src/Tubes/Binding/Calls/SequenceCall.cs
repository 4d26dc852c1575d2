using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Binding.Calls;

/// <summary>A generator: started at the first call, one element per call, kept through deinit and init.</summary>
internal sealed class SequenceCall<T>(string nodeId, Func<object?[], NodeCall, IEnumerator<T>> start, Action<T, object?[]> write) : ICallCode
{
    private IEnumerator<T>? _elements;

    public ValueTask CallAsync(object?[] inputs, object?[] results, NodeCall call)
    {
        _elements ??= start(inputs, call);
        if (!_elements.MoveNext())
        {
            throw new EndOfSourceException($"Source `{nodeId}` has no more values.");
        }

        write(_elements.Current, results);
        return default;
    }

    public ValueTask DisposeAsync()
    {
        _elements?.Dispose();
        return default;
    }
}
