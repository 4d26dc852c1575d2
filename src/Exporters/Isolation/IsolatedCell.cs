namespace Sluice.Exporters.Isolation;

/// <summary>One attribute's state on one exporter, in the list of all that were touched.</summary>
internal abstract class IsolatedCell(object attribute)
{
    public readonly object Attribute = attribute;
    public IsolatedCell? Next;
}

/// <inheritdoc/>
internal sealed class IsolatedCell<T>(object attribute) : IsolatedCell(attribute)
{
    public T Value = default!;

    // Written last, so that whoever sees it set sees the value too.
    public bool HasValue;
}
