namespace Sluice.Hocon.Reading;

/// <summary>How a scalar is read as some type, and what an error says was expected instead.</summary>
/// <param name="expected">Fits before <c>is expected</c>.</param>
internal abstract class ScalarReading(string expected)
{
    public string Expected { get; } = expected;

    /// <summary>What to expect instead of a value that could not be read; may know better than <see cref="Expected"/>.</summary>
    public virtual string ExpectedInsteadOf(HoconScalar value) => Expected;

    /// <summary>Reads a value; null if it is not of this type.</summary>
    public abstract object? ReadBoxed(HoconScalar value);
}

/// <inheritdoc/>
internal class ScalarReading<T>(string expected, TryRead<T> read) : ScalarReading(expected)
    where T : notnull
{
    public bool TryRead(HoconScalar value, out T result) => read(value, out result);

    public override object? ReadBoxed(HoconScalar value) => TryRead(value, out var result) ? result : null;
}

internal delegate bool TryRead<T>(HoconScalar value, out T result);
