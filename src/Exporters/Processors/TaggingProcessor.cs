using Sluice.Exporters.Events;
using Sluice.Exporters.Processing;

namespace Sluice.Exporters.Processors;

/// <summary>Adds attributes, fixed or computed from the item and its context. An attribute that the item has already wins over a tag.</summary>
/// <typeparam name="T">The items.</typeparam>
public sealed class TaggingProcessor<T> : IProcessor<T, T>
    where T : class, IAttributed<T>
{
    private readonly KeyValuePair<string, Func<T, ContextState, object?>>[] _tags;

    /// <summary>Adds the same attributes to each item.</summary>
    public TaggingProcessor(IReadOnlyDictionary<string, object?> tags)
        : this(tags.ToDictionary(tag => tag.Key, tag => (Func<T, ContextState, object?>)((_, _) => tag.Value)))
    {
    }

    /// <summary>Adds computed attributes; one that comes out null is left away.</summary>
    public TaggingProcessor(IReadOnlyDictionary<string, Func<T, ContextState, object?>> tags) => _tags = [.. tags];

    /// <inheritdoc/>
    public ValueTask<T?> ProcessAsync(T item, ContextState context, CancellationToken cancellationToken)
    {
        var attributes = new Dictionary<string, object?>(item.Attributes);
        foreach (var (name, tag) in _tags)
        {
            if (!attributes.ContainsKey(name) && tag(item, context) is { } value)
            {
                attributes.Add(name, value);
            }
        }

        return ValueTask.FromResult<T?>(item.WithAttributes(attributes));
    }
}
