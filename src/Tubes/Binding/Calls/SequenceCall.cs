using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Binding.Calls;

/// <summary>A generator: started at the first call, one element per call, kept through deinit and init.</summary>
internal sealed class SequenceCall<T>(string nodeId, Func<object?[], NodeCall, IEnumerator<T>> start, Action<T, object?[]> write) : ICallCode
{
    private IEnumerator<T>? _elements;

    public ValueTask CallAsync(object?[] inputs, object?[] results, NodeCall call)
    {
        write(Next(inputs, call), results);
        return default;
    }

    /// <summary>The next element.</summary>
    /// <exception cref="EndOfSourceException">There is none.</exception>
    public T Next(object?[] inputs, NodeCall call)
    {
        var elements = _elements ??= start(inputs, call);
        return elements.MoveNext() ? elements.Current : throw new EndOfSourceException($"Source `{nodeId}` has no more values.");
    }

    public ValueTask DisposeAsync()
    {
        _elements?.Dispose();
        return default;
    }
}
