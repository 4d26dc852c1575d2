using Sluice.Tubes.Binding;

namespace Sluice.Tubes.Tests.Samples;

/// <summary>Nodes with two signals that do not keep to them.</summary>
public static class Outputs
{
    [return: Signal("one"), Signal("two")]
    public static object?[] TooFew() => [1];

    [return: Signal("one"), Signal("two")]
    public static object Nothing() => NoEvent.Value;
}
