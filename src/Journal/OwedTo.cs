namespace Sluice.Journal;

/// <summary>The sinks that an appended item is owed to. Make it once and keep it: appending with the same object costs no look-up.</summary>
public sealed class OwedTo
{
    private OwedTo(IReadOnlyList<string>? sinks) => Sinks = sinks;

    /// <summary>Every sink of the pool at the moment of the append.</summary>
    public static OwedTo All { get; } = new(null);

    /// <summary>The sinks by name, in ordinal order; null for <see cref="All"/>.</summary>
    public IReadOnlyList<string>? Sinks { get; }

    /// <summary>These sinks alone: what saving by hand and saving on failure need.</summary>
    /// <exception cref="ArgumentException">No sink was named.</exception>
    public static OwedTo Only(params IReadOnlyList<string> sinks)
    {
        ArgumentNullException.ThrowIfNull(sinks);
        if (sinks.Count == 0)
        {
            throw new ArgumentException("An item must be owed to at least one sink: name it, or use OwedTo.All.", nameof(sinks));
        }

        return new OwedTo([.. sinks.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    /// <inheritdoc/>
    public override string ToString() => Sinks is null ? "all sinks" : string.Join(", ", Sinks);
}
