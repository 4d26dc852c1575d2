namespace Sluice.Tubes.Binding.Conversion;

/// <summary>The families of types that conversions are written for.</summary>
internal enum Kind
{
    /// <summary>Interfaces, <see cref="object"/> and delegates: nothing is known.</summary>
    Any,
    Number,
    Boolean,
    Character,
    Text,
    Enumeration,

    /// <summary>One value with one text form: dates, spans, GUIDs, addresses.</summary>
    Scalar,
    Tuple,
    Map,
    Sequence,
    Json,

    /// <summary>Any other class or struct, built from a dictionary by its constructor and properties.</summary>
    Record,
}
