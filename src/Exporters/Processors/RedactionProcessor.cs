using Sluice.Exporters.Events;
using Sluice.Exporters.Processing;

namespace Sluice.Exporters.Processors;

/// <summary>
/// Replaces the values of secret attributes, also inside nested dictionaries and lists, and of JSON values. Put it first in the pipeline: then
/// nothing behind it, no sink and no journal, sees what it hides. When it fails, the item is dropped, never passed on as it was.
/// </summary>
/// <typeparam name="T">The items.</typeparam>
/// <param name="settings">What is replaced, and by what.</param>
/// <param name="when">Which items; all when null. See <see cref="When"/>. If it throws, the item is dropped.</param>
public sealed class RedactionProcessor<T>(RedactionSettings settings, Func<T, ContextState, bool>? when = null) : IProcessor<T, T>
    where T : class, IAttributed<T>
{
    private readonly Redactor _redactor = new(settings);

    /// <inheritdoc/>
    public bool DropOnFault => true;

    /// <inheritdoc/>
    public ValueTask<T?> ProcessAsync(T item, ContextState context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<T?>(when is null || when(item, context) ? Redact(item) : item);

    private T Redact(T item)
    {
        var redacted = item.WithAttributes(_redactor.Redact(item.Attributes));
        return redacted is ExporterEvent { Value: { } value } happened && happened with { Value = _redactor.Redact(value) } is T whole ? whole : redacted;
    }
}
