namespace Sluice.Hocon.Reading;

/// <summary>How values are read as a type, and what an error says was expected instead.</summary>
/// <param name="Expected">Fits before <c>is expected</c>.</param>
/// <param name="TryRead">Reads a value; false if it is not of this type.</param>
internal sealed record Reading<T>(string Expected, TryRead<T> TryRead);

internal delegate bool TryRead<T>(HoconScalar value, out T result);
