namespace Sluice.Hocon;

/// <summary>The JSON types that are neither object nor list.</summary>
public enum ScalarKind
{
    /// <summary>Quoted, or joined from several parts, or text that is none of the other kinds.</summary>
    Text,

    /// <summary>A number in JSON's notation.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>, not quoted.</summary>
    Boolean,

    /// <summary><c>null</c>, not quoted.</summary>
    Null,
}
