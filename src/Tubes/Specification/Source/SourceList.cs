using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Specification.Source;

/// <summary>A list of values.</summary>
internal sealed class SourceList(SourcePosition position, IReadOnlyList<SourceNode> items) : SourceNode(position)
{
    public IReadOnlyList<SourceNode> Items { get; } = items;

    public override string Kind => "a list";

    public override object? ToPlain() => Items.Select(item => item.ToPlain()).ToList();
}
