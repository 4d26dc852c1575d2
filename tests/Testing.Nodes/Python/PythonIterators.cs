using System.Collections;
using Sluice.Testing.Nodes.Noob;
using Sluice.Tubes.Errors;

namespace Sluice.Testing.Nodes.Python;

/// <summary>Python's <c>next</c>.</summary>
public static class PythonIterators
{
    public static object? Next(object? iterator) => iterator switch
    {
        Counter counter => counter.Next(),
        IEnumerator elements => elements.MoveNext() ? elements.Current : throw new EndOfSourceException("The iterator has no more values."),
        _ => throw new InvalidCastException($"{iterator?.GetType().Name ?? "null"} is not an iterator"),
    };
}
