using System.Collections;
using Sluice.Exporters.Processing;

namespace Sluice.Exporters.Processors;

/// <summary>Drops what says nothing: null, blank text, empty lists and dictionaries.</summary>
/// <typeparam name="T">The items.</typeparam>
public sealed class EmptyFilter<T> : IProcessor<T, T>
    where T : class
{
    /// <inheritdoc/>
    public ValueTask<T?> ProcessAsync(T item, ContextState context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(IsEmpty(item) ? null : item);

    private static bool IsEmpty(object? item) => item switch
    {
        null => true,
        string text => string.IsNullOrWhiteSpace(text),
        ICollection collection => collection.Count == 0,
        _ => false,
    };
}
