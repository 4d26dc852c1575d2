namespace Sluice.Exporters.Isolation;

/// <summary>Counts live exporters without keeping any alive.</summary>
internal static class InstanceCount
{
    private static long s_active;
    private static long s_isolated;

    public static long Active => Interlocked.Read(ref s_active);

    public static long Isolated => Interlocked.Read(ref s_isolated);

    /// <summary>Held by one exporter; collected with it.</summary>
    public static object ForOriginal() => new Original();

    /// <inheritdoc cref="ForOriginal"/>
    public static object ForCopy() => new Copy();

    // A small object of its own has the finalizer, so that the exporter and all that it refers to are freed by the first collection.
    private class Original
    {
        public Original() => Interlocked.Increment(ref s_active);

        ~Original() => Interlocked.Decrement(ref s_active);
    }

    private sealed class Copy : Original
    {
        public Copy() => Interlocked.Increment(ref s_isolated);

        ~Copy() => Interlocked.Decrement(ref s_isolated);
    }
}
