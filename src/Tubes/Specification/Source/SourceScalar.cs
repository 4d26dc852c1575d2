using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Specification.Source;

/// <summary>A single value: text, number, truth value or null.</summary>
internal sealed class SourceScalar(SourcePosition position, object? value, string text) : SourceNode(position)
{
    public object? Value { get; } = value;

    /// <summary>As written.</summary>
    public string Text { get; } = text;

    public override string Kind => Value switch
    {
        null => "nothing",
        string => "text",
        bool => "true or false",
        _ => "a number",
    };

    public override object? ToPlain() => Value;
}
