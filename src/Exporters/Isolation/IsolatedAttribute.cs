namespace Sluice.Exporters.Isolation;

/// <summary>
/// Declares a piece of an exporter's mutable state that its isolated copies do not share: a static field of the exporter's class, read with the
/// exporter as index. What is not declared so (clients, connections, options) is shared by reference.
/// </summary>
/// <example><code>
/// private static readonly IsolatedAttribute&lt;List&lt;Span&gt;&gt; OpenSpans = new(() => []);
/// …
/// OpenSpans[this].Add(span);
/// </code></example>
/// <typeparam name="T">The state.</typeparam>
/// <param name="factory">Makes the state at the first read on an instance; runs once per instance, also when several threads read first.</param>
public sealed class IsolatedAttribute<T>(Func<T> factory)
{
    /// <summary>The state of one exporter; a write replaces it.</summary>
    public T this[BaseExporter exporter]
    {
        get => Reference(exporter);
        set
        {
            var cell = exporter.Isolated.CellOf<T>(this);
            lock (cell)
            {
                cell.Value = value;
                Volatile.Write(ref cell.HasValue, true);
            }
        }
    }

    /// <summary>The place that holds the state of one exporter, for counters: <c>Interlocked.Increment(ref Sent.Reference(this))</c>.</summary>
    public ref T Reference(BaseExporter exporter)
    {
        var cell = exporter.Isolated.CellOf<T>(this);
        if (!Volatile.Read(ref cell.HasValue))
        {
            MakeOnce(cell);
        }

        return ref cell.Value;
    }

    private void MakeOnce(IsolatedCell<T> cell)
    {
        lock (cell)
        {
            if (!cell.HasValue)
            {
                cell.Value = factory();
                Volatile.Write(ref cell.HasValue, true);
            }
        }
    }
}
