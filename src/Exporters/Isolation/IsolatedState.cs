namespace Sluice.Exporters.Isolation;

/// <summary>
/// All isolated state of one exporter: a list that grows by one cell at the first touch of an attribute and never shrinks.
/// An exporter has a handful of attributes, and a copy that touches none has none.
/// </summary>
internal struct IsolatedState
{
    private IsolatedCell? _first;

    /// <summary>The cell of an attribute, made when missing; the same one for every thread.</summary>
    public IsolatedCell<T> CellOf<T>(IsolatedAttribute<T> attribute)
    {
        IsolatedCell<T>? made = null;
        while (true)
        {
            var first = Volatile.Read(ref _first);
            for (var cell = first; cell is not null; cell = cell.Next)
            {
                if (ReferenceEquals(cell.Attribute, attribute))
                {
                    return (IsolatedCell<T>)cell;
                }
            }

            made ??= new IsolatedCell<T>(attribute);
            made.Next = first;
            if (ReferenceEquals(Interlocked.CompareExchange(ref _first, made, first), first))
            {
                return made;
            }
        }
    }

    /// <summary>Forgets everything, as a fresh copy does.</summary>
    public void Clear() => _first = null;
}
